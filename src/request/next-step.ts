import type { Failure } from "../failure.ts";
import type { Health } from "../resilience/health.ts";
import type { Provider } from "../snapshot.ts";
import type { Candidate } from "./candidate.ts";
import { candidatesOf, ownReadyAt } from "./candidate.ts";
import type { Progress } from "./progress.ts";
import { attemptMs } from "./progress.ts";
import { hasTimeToRepeat, limitMs } from "./time.ts";
import { finalFailure, isOpenTo } from "./tries.ts";
import { deadlineFailure, unavailableFailure } from "./exhausted.ts";

/** What a request does next. */
export type Step =
  /** Ask this provider now, for at most `limitMs` milliseconds until it commits. */
  | { readonly do: "attempt"; readonly provider: Provider; readonly limitMs: number }
  /** Wait until a moment (epoch milliseconds), for a probe's place, or for a turn under a limit. */
  | {
      readonly do: "wait";
      readonly provider: Provider;
      readonly until: number;
      readonly for: "time" | "slot" | "limit";
    }
  | { readonly do: "stop"; readonly failure: Failure };

/** A stated wait up to this long is waited for although another provider is usable. */
export const shortWaitMs = 5_000;

/** The only decision: what a request that has come this far does now. Pure. */
export function nextStep(progress: Progress, health: Health, now: number): Step {
  const final = finalFailure(progress);
  if (final !== null) return { do: "stop", failure: final.failure };
  const spent = progress.attempts >= progress.policy.maxAttempts;
  if (now >= progress.deadlineAt) return { do: "stop", failure: lateFailure(progress, spent) };
  const candidates = spent ? [] : candidatesOf(progress, health, now);
  return (
    repeatStep(progress, candidates, now) ??
    turnStep(progress, candidates, health, now) ??
    attemptStep(progress, candidates, now) ??
    limitStep(progress, candidates, health, now) ??
    exhaustedStep(progress, candidates, now) ??
    stopStep(progress, health, now)
  );
}

/** When this request means to try a provider again after its latest failure there, or `null`. */
export function retryTime(
  progress: Progress,
  provider: Provider,
  health: Health,
  now: number,
): number | null {
  const { policy, attempts } = progress;
  if (finalFailure(progress) !== null || attempts >= policy.maxAttempts) return null;
  if (!isOpenTo(progress, provider)) return null;
  const untried = usableUntried(candidatesOf(progress, health, now), provider, now);
  const readyAt = ownReadyAt(progress, provider);
  return hasTimeToRepeat(progress, provider, readyAt, now, untried) ? readyAt : null;
}

// The same provider again, where the policy and the time say so.
function repeatStep(
  progress: Progress,
  candidates: readonly Candidate[],
  now: number,
): Step | null {
  const { last, policy } = progress;
  if (last === null || policy.retry !== "same_first") return null;
  const same = candidates.find(({ provider }) => provider === last);
  if (same === undefined || same.readyAt === Infinity) return null;
  const rest = candidates.filter(({ provider }) => provider !== last);
  if (!worthWaiting(progress, same, now) && rest.some(({ readyAt }) => readyAt <= now)) {
    return null;
  }
  return stepAt(progress, same, candidates, now);
}

function worthWaiting(progress: Progress, same: Candidate, now: number): boolean {
  const latest = progress.tries.get(same.provider.name)?.at(-1);
  const ownBackoff =
    latest?.failure.retryAfterMs === undefined &&
    same.readyAt <= ownReadyAt(progress, same.provider);
  return ownBackoff || same.readyAt - (latest?.at ?? now) <= shortWaitMs;
}

// By policy the first well provider is waited for although its limit is reached.
function turnStep(
  progress: Progress,
  candidates: readonly Candidate[],
  health: Health,
  now: number,
): Step | null {
  if (progress.policy.whenLimited !== "wait") return null;
  const first = candidates.find(({ behind, readyAt }) => behind === "limit" || readyAt <= now);
  return first?.behind === "limit" ? limitStep(progress, [first], health, now) : null;
}

// Everybody well has reached a limit of ours: the request waits for its turn, first come first.
function limitStep(
  progress: Progress,
  candidates: readonly Candidate[],
  health: Health,
  now: number,
): Step | null {
  const limited = candidates
    .filter(({ behind, readyAt }) => behind === "limit" && readyAt > now)
    .filter(({ provider }) => hasPlace(progress, health, provider))
    .toSorted((a, b) => a.readyAt - b.readyAt);
  for (const { provider, readyAt } of limited) {
    const until = Math.min(readyAt, progress.deadlineAt);
    if (readyAt === Infinity || readyAt < progress.deadlineAt) {
      return { do: "wait", provider, until, for: "limit" };
    }
  }
  return null;
}

function hasPlace({ request, policy }: Progress, health: Health, { name }: Provider): boolean {
  const queue = health.queues.get(name) ?? [];
  return queue.includes(request) || queue.length < policy.queueMax;
}

function attemptStep(
  progress: Progress,
  candidates: readonly Candidate[],
  now: number,
): Step | null {
  const ready = candidates.filter(({ readyAt }) => readyAt <= now);
  return firstStep(progress, ready, candidates, now);
}

// Nobody can be asked now: a short wait, else an open breaker's early probe, else a long wait.
function exhaustedStep(
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

function firstStep(
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

function stepAt(
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
  return { do: "attempt", provider, limitMs: limitMs(progress, provider, now, untried) };
}

// The usable providers that have not had their turn, whose share is kept for them.
function usableUntried(
  candidates: readonly Candidate[],
  provider: Provider,
  now: number,
): readonly Provider[] {
  return candidates
    .filter((other) => other.provider !== provider && !other.tried && other.readyAt <= now)
    .map((other) => other.provider);
}

// With nothing left to try the time is not the reason, unless it cut the last attempt short.
function lateFailure(progress: Progress, spent: boolean): Failure {
  const latest = progress.failures.at(-1)?.failure;
  const open = !spent && progress.providers.some((provider) => isOpenTo(progress, provider));
  const late = latest === undefined || open || latest.shortened === true;
  return late ? deadlineFailure(progress) : latest;
}

function stopStep(progress: Progress, health: Health, now: number): Step {
  const latest = progress.failures.at(-1)?.failure;
  // A timer may fire a moment before the deadline that set it.
  if (latest?.shortened === true) return { do: "stop", failure: deadlineFailure(progress) };
  return { do: "stop", failure: latest ?? unavailableFailure(progress, health, now) };
}
