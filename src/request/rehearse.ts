import type { Failure } from "../failure.ts";
import type { Health } from "../resilience/health.ts";
import { learn } from "../resilience/health.ts";
import type { Provider } from "../snapshot.ts";
import { afterFailure } from "./after-failure.ts";
import { nextStep, retryTime } from "./next-step.ts";
import type { Progress } from "./progress.ts";
import { estimatedTokens } from "./progress.ts";
import { triesLeft } from "./tries.ts";

/** What a request would do, in milliseconds from its start. */
export type PlannedStep =
  | {
      readonly do: "attempt";
      readonly provider: string;
      readonly atMs: number;
      /** The longest it may take. */
      readonly limitMs: number;
    }
  | {
      readonly do: "wait";
      readonly provider: string;
      readonly atMs: number;
      readonly untilMs: number;
      /** For a time, for another request's place, for a turn under a limit or under the route's. */
      readonly for: "time" | "slot" | "limit" | "route";
    };

/** A request whose every attempt fails: its steps, and how it ends. */
export type Rehearsal = {
  readonly steps: readonly PlannedStep[];
  readonly attempts: number;
  readonly durationMs: number;
  readonly failure: Failure;
};

/**
 * How the attempts of a rehearsal fail: as late as they may, or at once; or so many at once, and
 * the others as late as they may.
 */
export type Manner = "slowly" | "quickly" | { readonly quickFirst: number };

const message = "Every attempt was supposed to fail.";
const failed: Failure = { kind: "server", message };
const timedOut: Failure = { kind: "timeout", message };

/** Plays a request that begins now and whose every attempt fails; nothing else happens. Pure. */
export function rehearse(begun: Progress, known: Health, manner: Manner): Rehearsal {
  const { startedAt } = begun;
  // The waits are the shortest where all is to be quick, else the longest.
  const chance = manner === "quickly" ? 0 : 1;
  const quickFirst =
    typeof manner === "object" ? manner.quickFirst : manner === "slowly" ? 0 : Infinity;
  const steps: PlannedStep[] = [];
  let progress = begun;
  let health = known;
  let now = startedAt;
  for (;;) {
    const step = nextStep(progress, health, now);
    const atMs = now - startedAt;
    if (step.do === "stop") {
      const { attempts } = progress;
      return { steps, attempts, durationMs: atMs, failure: step.failure };
    }
    const provider = step.provider.name;
    if (step.do === "wait") {
      const { until } = step;
      steps.push({ do: "wait", provider, atMs, untilMs: until - startedAt, for: step.for });
      now = Math.max(until, now + 1);
      continue;
    }
    const { limitMs } = step;
    steps.push({ do: "attempt", provider, atMs, limitMs });
    const durationMs = progress.attempts < quickFirst ? 0 : limitMs;
    now += durationMs;
    const failure = failureAt(progress, step.provider);
    const next = afterFailure(progress, step.provider, { failure, at: now, chance });
    const played = { progress, next, provider: step.provider, failure, durationMs, now };
    health = afterAttempt(health, played);
    progress = next;
  }
}

type Played = {
  readonly progress: Progress;
  readonly next: Progress;
  readonly provider: Provider;
  readonly failure: Failure;
  readonly durationMs: number;
  readonly now: number;
};

// Where only a timeout leads on, the worst is one at the last try.
function failureAt(progress: Progress, provider: Provider): Failure {
  const { switchOnFailure, switchOnTimeout } = progress.policy;
  const onlyTimeout = switchOnTimeout && !switchOnFailure;
  return onlyTimeout && triesLeft(progress, provider) === 1 ? timedOut : failed;
}

// The fold itself says what such an attempt would teach.
function afterAttempt(
  health: Health,
  { progress, next, provider, failure, durationMs, now }: Played,
): Health {
  const { name, model, identity } = provider;
  const estimate = { estimatedTokens: estimatedTokens(progress, provider) };
  const { route } = progress;
  const asked = { request: "rehearsal", attempt: next.attempts, route };
  const about = { ...asked, provider: name, identity, ...estimate };
  const started = learn(health, {
    type: "attempt-start",
    at: now - durationMs,
    model,
    limitMs: durationMs,
    repeat: progress.tries.has(name),
    ...about,
  });
  return learn(started, {
    type: "attempt-end",
    at: now,
    durationMs,
    requestId: null,
    usage: null,
    cost: null,
    failure,
    retryAt: retryTime(next, provider, started, now),
    chance: 0,
    ...about,
  });
}
