import type { Health } from "../resilience/health.ts";
import type { Provider } from "../snapshot.ts";
import type { Candidate } from "./candidate.ts";
import { candidatesOf, lookRound, ownReadyAt } from "./candidate.ts";
import { deadlineFailure, unavailableFailure, withBarrier } from "./exhausted.ts";
import type { Progress } from "./progress.ts";
import type { Step } from "./step.ts";
import { firstStep, shortWaitMs, stepAt, usableUntried } from "./step.ts";
import { hasTimeToRepeat } from "./time.ts";
import { finalFailure, isOpenTo, isSpent } from "./tries.ts";
import { exhaustedStep } from "./when-exhausted.ts";
import { limitStep, routeStep, turnStep } from "./when-limited.ts";

/** A timer may fire this much before the deadline that set it. */
const timerSlackMs = 2;

/** The only decision: what a request that has come this far does now. Pure. */
export function nextStep(progress: Progress, health: Health, now: number): Step {
  const final = finalFailure(progress);
  if (final !== null) return { do: "stop", failure: final.failure };
  const spent = isSpent(progress);
  if (now >= progress.deadlineAt) return lateStep(progress, health, now, spent);
  const candidates = spent ? [] : candidatesOf(progress, health, now);
  const step =
    repeatStep(progress, candidates, now) ??
    turnStep(progress, candidates, health, now) ??
    attemptStep(progress, candidates, now) ??
    limitStep(progress, candidates, health, now) ??
    exhaustedStep(progress, candidates, now) ??
    stopStep(progress, health, now, spent);
  return step.do === "attempt" ? (routeStep(progress, step, health, now) ?? step) : step;
}

/** When this request means to try a provider again after its latest failure there, or `null`. */
export function retryTime(
  progress: Progress,
  provider: Provider,
  health: Health,
  now: number,
): number | null {
  if (finalFailure(progress) !== null || isSpent(progress)) return null;
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
  if (last === null) return null;
  const mending = progress.failures.at(-1)?.failure.repair === true;
  if (policy.retry !== "same_first" && !mending) return null;
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

function attemptStep(
  progress: Progress,
  candidates: readonly Candidate[],
  now: number,
): Step | null {
  const ready = candidates.filter(({ readyAt }) => readyAt <= now);
  return firstStep(progress, ready, candidates, now);
}

// With nothing left to try the time is not the reason, unless it cut the last attempt short.
function lateStep(progress: Progress, health: Health, now: number, spent: boolean): Step {
  const latest = progress.failures.at(-1)?.failure;
  const { within, barrier } = lookRound(progress, health, now);
  const open = !spent && within.length > 0;
  const late = latest === undefined || open || latest.shortened === true;
  const failure = late ? deadlineFailure(progress) : latest;
  return { do: "stop", failure: withBarrier(failure, spent ? null : barrier) };
}

function stopStep(progress: Progress, health: Health, now: number, spent: boolean): Step {
  const latest = progress.failures.at(-1)?.failure;
  const { within, barrier } = lookRound(progress, health, now);
  const over = progress.deadlineAt - now <= timerSlackMs;
  if (over && latest?.shortened === true) {
    return { do: "stop", failure: deadlineFailure(progress) };
  }
  if (latest !== undefined) {
    return { do: "stop", failure: withBarrier(latest, spent ? null : barrier) };
  }
  const reach = { within: within.map(({ provider }) => provider), barrier };
  return { do: "stop", failure: unavailableFailure(progress, reach, health, now) };
}
