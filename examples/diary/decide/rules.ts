/** When an entry is written. */
export type Rules = {
  /** The fewest and the most a day's draw may give. */
  readonly quota: readonly [number, number];
  /** Names of events that are always written. */
  readonly required: ReadonlySet<string>;
  /** Whether a required entry takes one of the day's places from the others. */
  readonly requiredUsesPlace: boolean;
  /** By type: how likely an event is written that nothing else forbids. */
  readonly chance: Readonly<Record<string, number>>;
  /** Types that are written on the day after, at a random time. */
  readonly nextDay: ReadonlySet<string>;
  /** Between which hours of that day. */
  readonly nextDayHours: readonly [number, number];
  /** An event that comes later than this is not written any more, in milliseconds. */
  readonly lateMs: number;
};
