import type { HealthPolicy, Limit } from "../../health-policy.ts";
import type { Policy } from "../../snapshot.ts";
import type { Shown } from "./words.ts";
import { change, seconds } from "./words.ts";

const policyKeys: readonly (readonly [string, (policy: Policy) => Shown])[] = [
  ["deadline", ({ deadlineMs }) => seconds(deadlineMs)],
  ["max_attempts", ({ maxAttempts }) => maxAttempts],
  ["max_switches", ({ maxSwitches }) => maxSwitches],
  ["switch_on_failure", ({ switchOnFailure }) => switchOnFailure],
  ["switch_on_timeout", ({ switchOnTimeout }) => switchOnTimeout],
  ["prefer", ({ prefer }) => prefer],
  ["retry", ({ retry }) => retry],
  ["on_content_filtered", ({ onContentFiltered }) => onContentFiltered],
  ["on_length", ({ onLength }) => onLength],
  ["when_limited", ({ whenLimited }) => whenLimited],
  ["queue_max", ({ queueMax }) => queueMax],
  ["when_exhausted", ({ whenExhausted }) => whenExhausted],
  ["backoff.base", ({ backoff }) => seconds(backoff.baseMs)],
  ["backoff.factor", ({ backoff }) => backoff.factor],
  ["backoff.max", ({ backoff }) => seconds(backoff.maxMs)],
  ["backoff.jitter", ({ backoff }) => seconds(backoff.jitterMs)],
];

/** What is different in a policy, a sentence each, its keys told with this before them. */
export function comparePolicies(
  before: string,
  was: Policy | undefined,
  is: Policy | undefined,
): readonly string[] {
  if (was === undefined || is === undefined) return [];
  return policyKeys.flatMap(([key, read]) => change(`${before}${key}`, read(was), read(is)));
}

const healthKeys: readonly (readonly [string, (policy: HealthPolicy) => Shown])[] = [
  ["circuit_breaker.failures", ({ breaker }) => breaker.failures],
  ["circuit_breaker.failure_rate", ({ breaker }) => breaker.rate],
  ["circuit_breaker.min_samples", ({ breaker }) => breaker.minSamples],
  ["circuit_breaker.window", ({ breaker }) => seconds(breaker.windowMs)],
  ["circuit_breaker.open", ({ breaker }) => seconds(breaker.openMs)],
  ["circuit_breaker.open_max", ({ breaker }) => seconds(breaker.openMaxMs)],
  ["retry_budget.ratio", ({ budget }) => budget.ratio],
  ["retry_budget.per_second", ({ budget }) => budget.perSecond],
];

/** What is different in what holds for all requests together, a sentence each. */
export function compareHealth(was: HealthPolicy, is: HealthPolicy): readonly string[] {
  return [
    ...healthKeys.flatMap(([key, read]) => change(`failover.${key}`, read(was), read(is))),
    ...compareLimits(writtenLimits(was), writtenLimits(is)),
  ];
}

const limitKeys: readonly (readonly [string, (limit: Limit) => Shown])[] = [
  ["requests_per_minute", ({ requestsPerMinute }) => requestsPerMinute],
  ["tokens_per_minute", ({ tokensPerMinute }) => tokensPerMinute],
  ["max_concurrency", ({ maxConcurrency }) => maxConcurrency],
];

type ByName = ReadonlyMap<string, Limit>;

// One that holds no number only follows what a vendor says.
function writtenLimits({ limits, routeLimits }: HealthPolicy): ByName {
  const all = [...Object.values(limits), ...Object.values(routeLimits)].flat();
  const written = all.filter((limit) => limitKeys.some(([, read]) => read(limit) !== null));
  return new Map(written.map((limit) => [limit.name, limit]));
}

function compareLimits(was: ByName, is: ByName): readonly string[] {
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names.flatMap((name) => {
    const [old, now] = [was.get(name), is.get(name)];
    return limitKeys.flatMap(([key, read]) =>
      change(
        `the rate limit of ${name}: ${key}`,
        old === undefined ? null : read(old),
        now === undefined ? null : read(now),
      ),
    );
  });
}
