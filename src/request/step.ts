import type { Failure } from "../failure.ts";
import type { Provider } from "../snapshot.ts";
import type { Candidate } from "./candidate.ts";
import type { Progress } from "./progress.ts";
import { hasTimeToRepeat, limitMs } from "./time.ts";

/** What a request does next. */
export type Step =
  /** Ask this provider now, for at most `limitMs` milliseconds until it commits. */
  | { readonly do: "attempt"; readonly provider: Provider; readonly limitMs: number }
  /** Wait until a moment (epoch milliseconds), for a probe's place, or a turn under a limit. */
  | {
      readonly do: "wait";
      readonly provider: Provider;
      readonly until: number;
      readonly for: "time" | "slot" | "limit" | "route";
    }
  | { readonly do: "stop"; readonly failure: Failure };

/** A stated wait up to this long is waited for although another provider is usable. */
export const shortWaitMs = 5_000;

/** The first of these steps that there is time for. */
export function firstStep(
  progress: Progress,
  chosen: readonly Candidate[],
  candidates: readonly Candidate[],
  now: number,
): Step | null {
  for (const next of chosen) {
    const step = stepAt(progress, next, candidates, now);
    if (step !== null) return step;
  }
  return null;
}

/** The step that asks a candidate, or waits for it; `null` without the time for that. */
export function stepAt(
  progress: Progress,
  { provider, readyAt, tried }: Candidate,
  candidates: readonly Candidate[],
  now: number,
): Step | null {
  const untried = usableUntried(candidates, provider, now);
  const fits = tried
    ? hasTimeToRepeat(progress, provider, readyAt, now, untried)
    : readyAt < progress.deadlineAt;
  if (!fits) return null;
  if (readyAt > now) return { do: "wait", provider, until: readyAt, for: "time" };
  // Who uses up its time has timed out: where that leads to nobody, no time is kept for them.
  const next = progress.policy.switchOnTimeout ? untried : [];
  return { do: "attempt", provider, limitMs: limitMs(progress, provider, now, next) };
}

/** The usable providers that have not had their turn, whose share is kept for them. */
export function usableUntried(
  candidates: readonly Candidate[],
  provider: Provider,
  now: number,
): readonly Provider[] {
  return candidates
    .filter((other) => other.provider !== provider && !other.tried && other.readyAt <= now)
    .map((other) => other.provider);
}
