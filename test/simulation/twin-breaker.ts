import type { HealthPolicy } from "../../src/health-policy.ts";
import type { Of } from "./story.ts";

type Policy = HealthPolicy["breaker"];

/** A second, naive account of one provider's breaker, kept from events alone. */
export type TwinBreaker = {
  /** Outcomes since it last closed, none forgotten. */
  outcomes: { readonly at: number; readonly bad: boolean }[];
  run: number;
  openedBefore: number;
  open: { until: number; probe: string | null } | null;
};

/** A breaker of which nothing is known. */
export function newTwinBreaker(): TwinBreaker {
  return { outcomes: [], run: 0, openedBefore: 0, open: null };
}

/** The names of what counts against a provider's breaker; a shortened timeout never does. */
const counting = new Set(["network", "timeout", "server", "overloaded", "malformed"]);

/** Notes an attempt's end. */
export function noteEnd(
  breaker: TwinBreaker,
  { at, failure, chance }: Of<"attempt-end">,
  attempt: string,
  policy: Policy,
): void {
  const bad = failure !== null && counting.has(failure.kind) && failure.shortened !== true;
  const neutral = failure !== null && !bad;
  if (breaker.open !== null) {
    if (breaker.open.probe !== attempt) return;
    if (neutral) breaker.open.probe = null;
    else if (bad) trip(breaker, at, chance, policy);
    else Object.assign(breaker, newTwinBreaker());
    return;
  }
  if (neutral) return;
  breaker.outcomes.push({ at, bad });
  breaker.run = bad ? breaker.run + 1 : 0;
  if (!bad) breaker.openedBefore = 0;
  if (bad && isTooMuch(breaker, at, policy)) trip(breaker, at, chance, policy);
}

/** Notes the first content of a stream: a probe's closes it, on trial. */
export function noteCommit(breaker: TwinBreaker, attempt: string, policy: Policy): void {
  if (breaker.open?.probe !== attempt) return;
  Object.assign(breaker, { open: null, outcomes: [], run: policy.failures - 1 });
}

/** Notes an attempt's start: at an open breaker it is the probe, if there is none. */
export function noteStart(breaker: TwinBreaker, attempt: string): void {
  if (breaker.open !== null) breaker.open.probe ??= attempt;
}

// The window is ten tenths of its span, counted from the epoch, the present one included.
function isTooMuch({ run, outcomes }: TwinBreaker, at: number, policy: Policy): boolean {
  if (run >= policy.failures) return true;
  const tenthMs = policy.windowMs / 10;
  const present = Math.floor(at / tenthMs);
  const recent = outcomes.filter((one) => present - Math.floor(one.at / tenthMs) < 10);
  const bad = recent.filter((one) => one.bad).length;
  return recent.length >= policy.minSamples && bad / recent.length >= policy.rate;
}

function trip(breaker: TwinBreaker, at: number, chance: number, policy: Policy): void {
  const base = Math.min(policy.openMaxMs, policy.openMs * 2 ** breaker.openedBefore);
  const until = at + Math.min(policy.openMaxMs, base + 0.1 * base * chance);
  const { openedBefore } = breaker;
  const opened = { outcomes: [], run: 0, openedBefore: openedBefore + 1 };
  Object.assign(breaker, opened, { open: { until, probe: null } });
}
