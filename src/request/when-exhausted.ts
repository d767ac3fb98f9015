import type { Candidate } from "./candidate.ts";
import type { Progress } from "./progress.ts";
import { attemptMs } from "./progress.ts";
import type { Step } from "./step.ts";
import { firstStep, shortWaitMs } from "./step.ts";

/** Nobody can be asked now: a short wait, else an early probe, else a long wait. */
export function exhaustedStep(
  progress: Progress,
  candidates: readonly Candidate[],
  now: number,
): Step | null {
  const timed = timedWait(progress, candidates, now);
  if (timed?.do === "wait" && timed.until - now <= shortWaitMs) return timed;
  return lastResort(progress, candidates, now) ?? timed ?? slotWait(progress, candidates, now);
}

// The one that can be asked first, if there is time for it.
function timedWait(progress: Progress, candidates: readonly Candidate[], now: number): Step | null {
  const soonest = candidates
    .filter((next) => next.readyAt <= patience(progress, next) && next.readyAt !== Infinity)
    .toSorted((a, b) => a.readyAt - b.readyAt);
  return firstStep(progress, soonest, candidates, now);
}

// Only open breakers stand in the way: the one that reopens first is probed before its time.
function lastResort(
  progress: Progress,
  candidates: readonly Candidate[],
  now: number,
): Step | null {
  const open = candidates
    .filter(({ behind }) => behind === "breaker")
    .toSorted((a, b) => a.reopensAt - b.reopensAt)
    .map((next) => ({ ...next, readyAt: Math.max(next.ownReadyAt, now) }));
  return firstStep(progress, open, candidates, now);
}

// Another request is finding out: its outcome is waited for, at a breaker only by policy.
function slotWait(progress: Progress, candidates: readonly Candidate[], now: number): Step | null {
  const patient = progress.policy.whenExhausted === "wait";
  const probed = candidates.find(
    ({ behind }) => behind === "probe" || (patient && behind === "probed_breaker"),
  );
  if (probed === undefined) return null;
  const until = Math.min(progress.deadlineAt, patience(progress, probed));
  return until <= now ? null : { do: "wait", provider: probed.provider, until, for: "slot" };
}

// Others' cool-downs are waited for only if they are short; one's own as long as time allows.
function patience(progress: Progress, { provider, tried }: Candidate): number {
  if (tried || progress.policy.whenExhausted === "wait") return Infinity;
  const latest =
    progress.last === null ? undefined : progress.tries.get(progress.last.name)?.at(-1);
  return (latest?.at ?? progress.startedAt) + Math.min(shortWaitMs, attemptMs(progress, provider));
}
