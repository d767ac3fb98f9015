/** What became of an event. */
export type EventState = "refused" | "skipped" | "later" | "reserved" | "queued" | "written";

/** One event as it is kept, with the reason for what became of it. */
export type EventRecord = {
  readonly id: string;
  readonly user: string;
  readonly day: string;
  readonly at: number;
  readonly name: string;
  readonly type: string | null;
  readonly context: Readonly<Record<string, unknown>>;
  readonly state: EventState;
  readonly reason: string;
  /** The figures or the words that belong to the reason. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** When it is looked at again; `null`: never. */
  readonly due: number | null;
  readonly toldAt: number;
};
