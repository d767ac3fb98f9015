import type { Clock, Random } from "standin";
import type { DiaryEvent } from "../event/event.ts";
import type { Settlement } from "../store/keep.ts";
import { decide, type DayState } from "./decide.ts";
import { dayAfter, momentOf } from "./local-time.ts";
import type { Rules } from "./rules.ts";

/** An event that is asked whether it is written. */
export type Asked = {
  readonly event: DiaryEvent;
  /** Whether it has waited for its day. */
  readonly due: boolean;
  readonly force: boolean;
  readonly timeZone: string;
};

/** Decides about an event, and says what that means for its place in the day. */
export function choosePlace(
  { event, due, force, timeZone }: Asked,
  state: DayState,
  {
    rules,
    clock,
    random,
  }: { readonly rules: Rules; readonly clock: Clock; readonly random: Random },
  leaseMs: number,
): Settlement {
  const { name, type, at, day, context } = event;
  const { offset } = context;
  const candidate = {
    ...{ name, type, due, forced: force },
    offset: type === "holiday" && typeof offset === "number" ? offset : null,
    lateMs: clock.now() - at,
  };
  const decision = decide(rules, state, candidate, random);
  if (decision.write) return { decision, state: "reserved", at, day, due: clock.now() + leaseMs };
  if (decision.reason !== "next_day") return { decision, state: "skipped", at, day, due: null };
  const when = momentOf(dayAfter(day, 1), decision.minutes, timeZone);
  return { decision, state: "later", at, day, due: when };
}
