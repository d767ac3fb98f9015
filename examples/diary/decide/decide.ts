import type { Random } from "standin";
import type { Rules } from "./rules.ts";

/** What a user's day has come to so far, places that are reserved included. */
export type DayState = {
  /** How many entries the day may have; `null`: not drawn yet. */
  readonly quota: number | null;
  /** Entries that take one of these places. */
  readonly placesTaken: number;
  /** Types that have their entry. */
  readonly typesTaken: readonly string[];
  /** Of the event's own holiday: the day its entry falls on; `null`: not drawn yet. */
  readonly holidayOffset: number | null;
};

/** What an event is asked by. */
export type Candidate = {
  readonly name: string;
  readonly type: string;
  /** Days from its holiday; `null`: it belongs to none. */
  readonly offset: number | null;
  /** How late it came, in milliseconds. */
  readonly lateMs: number;
  /** Whether it has waited for its day already. */
  readonly due: boolean;
  /** Whether a person said that it is to be written whatever the rules say. */
  readonly forced: boolean;
};

/** What was drawn for the day, to be kept. */
export type Drawn = { readonly quota: number | null; readonly holidayOffset: number | null };

/** Why an event is not written, with the figures that made it so. */
export type NotWritten =
  | { readonly reason: "too_late"; readonly lateMs: number }
  /** On the next day, so many minutes after its midnight; it is asked again then. */
  | { readonly reason: "next_day"; readonly minutes: number }
  | { readonly reason: "other_holiday_day"; readonly chosen: number }
  | { readonly reason: "quota"; readonly quota: number; readonly taken: number }
  | { readonly reason: "type_written" }
  | { readonly reason: "chance"; readonly chance: number; readonly roll: number };

/** Whether an entry is written, and why. */
export type Decision =
  | {
      readonly write: true;
      readonly why: "required" | "forced" | "rolled";
      readonly usesPlace: boolean;
      readonly drawn: Drawn;
    }
  | ({ readonly write: false; readonly drawn: Drawn } & NotWritten);

const holidayWindow = [-3, 3] as const;

/** Decides about one event. Draws only what it needs, and rolls for one event only once. */
export function decide(
  rules: Rules,
  state: DayState,
  candidate: Candidate,
  random: Random,
): Decision {
  const { name, type, offset } = candidate;
  const drawn = { quota: state.quota, holidayOffset: state.holidayOffset };
  const skip = (why: NotWritten): Decision => ({ write: false, drawn, ...why });
  const required = rules.required.has(name);
  const usesPlace = required ? rules.requiredUsesPlace : !candidate.forced;

  if (candidate.forced) return { write: true, why: "forced", usesPlace, drawn };
  if (rules.nextDay.has(type) && !candidate.due) {
    const [from, to] = rules.nextDayHours;
    return skip({ reason: "next_day", minutes: between(from * 60, to * 60 - 1, random) });
  }
  if (required) return { write: true, why: "required", usesPlace, drawn };
  if (candidate.lateMs > rules.lateMs) {
    return skip({ reason: "too_late", lateMs: candidate.lateMs });
  }
  if (offset !== null) {
    drawn.holidayOffset ??= between(...holidayWindow, random);
    if (offset !== drawn.holidayOffset) {
      return skip({ reason: "other_holiday_day", chosen: drawn.holidayOffset });
    }
  }
  drawn.quota ??= between(...rules.quota, random);
  if (state.placesTaken >= drawn.quota) {
    return skip({ reason: "quota", quota: drawn.quota, taken: state.placesTaken });
  }
  if (state.typesTaken.includes(type)) return skip({ reason: "type_written" });
  const chance = rules.chance[type] ?? 0;
  const roll = random.next();
  if (roll >= chance) return skip({ reason: "chance", chance, roll });
  return { write: true, why: "rolled", usesPlace, drawn };
}

function between(from: number, to: number, random: Random): number {
  return from + Math.min(to - from, Math.floor(random.next() * (to - from + 1)));
}
