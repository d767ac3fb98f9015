import type { Failure, Unusable } from "../failure.ts";
import type { Health } from "../resilience/health.ts";
import { readiness } from "../resilience/readiness.ts";
import type { Policy, Provider, Timeouts } from "../snapshot.ts";
import { preferred } from "./prefer.ts";
import { reachMost, switchesAt } from "./switches.ts";

/** One failed try at one provider. */
export type Try = {
  readonly failure: Failure;
  readonly at: number;
  /** The wait this request would make before another try here, in milliseconds. */
  readonly waitMs: number;
};

/** How far one request has come: all that `nextStep` knows of it. */
export type Progress = {
  readonly request: string;
  readonly route: string;
  /** An estimate. */
  readonly promptTokens: number;
  /** What the request itself says of its answer's length; `null`: the provider's own holds. */
  readonly maxTokens: number | null;
  /** In the order in which they have their turn. */
  readonly providers: readonly Provider[];
  /** Those not fit for the request, and why. */
  readonly leftOut: readonly Unusable[];
  readonly policy: Policy;
  readonly stream: boolean;
  /** Replaces every provider's `timeout` for this request, in milliseconds. */
  readonly timeoutMs: number | null;
  readonly startedAt: number;
  readonly deadlineAt: number;
  /** The time kept for each provider not yet tried, in milliseconds. */
  readonly shareMs: number;
  readonly attempts: number;
  /** How often it has gone on to another provider. */
  readonly switches: number;
  /** The failed tries at each provider, by its name. */
  readonly tries: ReadonlyMap<string, readonly Try[]>;
  /** The provider of the latest attempt. */
  readonly last: Provider | null;
  /** The failures so far in their order. */
  readonly failures: readonly { readonly provider: Provider; readonly failure: Failure }[];
};

/** The progress of a request that begins now, its providers in the order its policy prefers. */
export function beginProgress(
  asked: Pick<Progress, "providers" | "policy" | "stream" | "timeoutMs"> &
    Partial<Pick<Progress, "leftOut" | "request" | "route" | "promptTokens" | "maxTokens">>,
  health: Health,
  now: number,
): Progress {
  const { leftOut = [], policy, stream, timeoutMs } = asked;
  const { request = "", route = "default", promptTokens = 0, maxTokens = null } = asked;
  const preference = { policy, stream, promptTokens, maxTokens };
  const providers = preferred(asked.providers, preference, health, now);
  const usable = providers.filter(
    (provider) => readiness(health, provider, now).state === "ready",
  ).length;
  return {
    request,
    route,
    promptTokens,
    maxTokens,
    providers,
    leftOut,
    policy,
    stream,
    timeoutMs,
    startedAt: now,
    deadlineAt: now + policy.deadlineMs,
    shareMs: policy.deadlineMs / Math.max(1, Math.min(usable, reachMost(policy))),
    attempts: 0,
    switches: 0,
    tries: new Map(),
    last: null,
    failures: [],
  };
}

/** The progress after one more failed attempt. */
export function withFailure(progress: Progress, provider: Provider, failed: Try): Progress {
  const here = progress.tries.get(provider.name) ?? [];
  return {
    ...progress,
    attempts: progress.attempts + 1,
    switches: switchesAt(progress, provider),
    tries: new Map(progress.tries).set(provider.name, [...here, failed]),
    last: provider,
    failures: [...progress.failures, { provider, failure: failed.failure }],
  };
}

/** The limits of an attempt at a provider for this request. */
export function timeoutsFor(progress: Progress, provider: Provider): Timeouts {
  const { timeoutMs } = progress;
  if (timeoutMs === null) return provider.timeouts;
  return {
    connectMs: Math.min(10_000, timeoutMs),
    wholeMs: timeoutMs,
    firstContentMs: timeoutMs,
    idleMs: timeoutMs,
    totalMs: Math.max(timeoutMs, provider.timeouts.totalMs),
  };
}

/** The time one attempt at a provider may take until it has committed, in milliseconds. */
export function attemptMs(progress: Progress, provider: Provider): number {
  const timeouts = timeoutsFor(progress, provider);
  return progress.stream ? timeouts.firstContentMs : timeouts.wholeMs;
}

/** What an attempt at a provider is thought to cost, in tokens. */
export function estimatedTokens(progress: Progress, provider: Provider): number {
  return progress.promptTokens + (progress.maxTokens ?? provider.maxTokens ?? 0);
}
