import type { Secret } from "../secret.ts";
import type { HealthPolicy } from "../health-policy.ts";
import type { Policy, Provider, Snapshot } from "../snapshot.ts";
import { quote } from "./show.ts";

/** What is different in a second snapshot, a sentence each; secrets are never shown. */
export function compareSnapshots(before: Snapshot, after: Snapshot): readonly string[] {
  const old = byName(before.providers);
  const now = byName(after.providers);
  const gone = before.providers.filter(({ name }) => !now.has(name));
  const both = after.providers.filter(({ name }) => old.has(name));
  return [
    ...gone.map(({ name }) => `${quote(name)} was removed`),
    ...after.providers.flatMap((provider) => {
      const was = old.get(provider.name);
      if (was === undefined) return [`${quote(provider.name)} was added${asIdle(provider)}`];
      return compareProviders(was, provider);
    }),
    ...compareOrder(
      before.providers.filter(({ name }) => now.has(name)),
      both,
    ),
    ...comparePolicies(before.routes["default"]?.policy, after.routes["default"]?.policy),
    ...compareHealth(before.health, after.health),
    ...(same(before.failureRules, after.failureRules) ? [] : ["failure_rules changed"]),
  ];
}

function byName(providers: readonly Provider[]): ReadonlyMap<string, Provider> {
  return new Map(providers.map((provider) => [provider.name, provider]));
}

function asIdle({ enabled, key }: Provider): string {
  if (!enabled) return ", disabled";
  return key === null ? ", not configured" : "";
}

// What may be shown as it is, in the words of the file.
const shown: readonly (readonly [string, (provider: Provider) => string | number | null])[] = [
  ["api_endpoint", ({ endpoint }) => endpoint],
  ["model_name", ({ model }) => model],
  ["protocol", ({ protocol }) => protocol],
  ["vendor", ({ vendor }) => vendor],
  ["max_tokens", ({ maxTokens }) => maxTokens],
  ["temperature", ({ temperature }) => temperature],
  ["timeout", ({ timeoutMs }) => timeoutMs / 1_000],
  ["retry_attempts", ({ retryAttempts }) => retryAttempts],
  ["context_window", ({ contextWindow }) => contextWindow],
  ["thinking", ({ thinking }) => thinking],
  ["priority", ({ priority }) => priority],
  ["capabilities", ({ capabilities }) => capabilities?.join(", ") ?? null],
];

function compareProviders(was: Provider, is: Provider): readonly string[] {
  const name = quote(is.name);
  const changes = shown.flatMap(([key, read]) => change(`${name}: ${key}`, read(was), read(is)));
  if (was.enabled !== is.enabled) changes.push(`${name} was ${is.enabled ? "en" : "dis"}abled`);
  changes.push(...compareKeys(name, was, is));
  // What `timeout` alone did is said already.
  const others = was.timeoutMs === is.timeoutMs && !same(was.timeouts, is.timeouts);
  if (others) changes.push(`${name}: timeouts changed`);
  if (!sameSecrets(was.headers, is.headers)) changes.push(`${name}: headers changed`);
  if (!same(was.extraBody, is.extraBody)) changes.push(`${name}: extra_body changed`);
  const sameKey = was.identity.key === is.identity.key;
  const account = was.identity.account !== is.identity.account && sameKey;
  if (account) changes.push(`${name}: account changed`);
  return changes;
}

function compareKeys(name: string, was: Provider, is: Provider): readonly string[] {
  if (was.key === null && is.key === null) return [];
  if (is.key === null) return [`${name} has no key any more`];
  if (was.key === null) return [`${name} has a key now (${is.keySource})`];
  if (!sameSecret(was.key, is.key)) return [`${name}: api_key changed (${is.keySource})`];
  return was.keySource === is.keySource ? [] : [`${name}: the key comes from ${is.keySource} now`];
}

function compareOrder(was: readonly Provider[], is: readonly Provider[]): readonly string[] {
  const names = is.map(({ name }) => name);
  if (was.every(({ name }, index) => name === names[index])) return [];
  return [`the order is now ${names.map(quote).join(", ")}`];
}

const seconds = (ms: number): string => `${ms / 1_000} s`;

function comparePolicies(was: Policy | undefined, is: Policy | undefined): readonly string[] {
  if (was === undefined || is === undefined) return [];
  return [
    ...change("failover.deadline", seconds(was.deadlineMs), seconds(is.deadlineMs)),
    ...change("failover.max_attempts", was.maxAttempts, is.maxAttempts),
    ...change("failover.max_switches", was.maxSwitches, is.maxSwitches),
    ...change("failover.switch_on_failure", was.switchOnFailure, is.switchOnFailure),
    ...change("failover.switch_on_timeout", was.switchOnTimeout, is.switchOnTimeout),
    ...change("failover.prefer", was.prefer, is.prefer),
    ...change("failover.retry", was.retry, is.retry),
    ...change("failover.on_content_filtered", was.onContentFiltered, is.onContentFiltered),
    ...change("failover.on_length", was.onLength, is.onLength),
    ...change("failover.when_limited", was.whenLimited, is.whenLimited),
    ...change("failover.queue_max", was.queueMax, is.queueMax),
    ...change("failover.when_exhausted", was.whenExhausted, is.whenExhausted),
    ...(same(was.backoff, is.backoff) ? [] : ["failover.backoff changed"]),
  ];
}

function compareHealth(was: HealthPolicy, is: HealthPolicy): readonly string[] {
  return [
    ...(same(was.breaker, is.breaker) ? [] : ["failover.circuit_breaker changed"]),
    ...(same(was.budget, is.budget) ? [] : ["failover.retry_budget changed"]),
    ...(same(writtenLimits(was), writtenLimits(is)) ? [] : ["the rate limits changed"]),
  ];
}

// Not those without a number, which only follow what a vendor says.
function writtenLimits({ limits, routeLimits }: HealthPolicy): readonly unknown[] {
  return [...Object.values(limits), ...Object.values(routeLimits)]
    .flat()
    .filter((limit) =>
      [limit.requestsPerMinute, limit.tokensPerMinute, limit.maxConcurrency].some(
        (number) => number !== null,
      ),
    );
}

function change<Shown extends string | number | boolean | null>(
  what: string,
  was: Shown,
  is: Shown,
): string[] {
  return was === is ? [] : [`${what} changed from ${say(was)} to ${say(is)}`];
}

function say(value: string | number | boolean | null): string {
  if (typeof value !== "string") return value === null ? "none" : String(value);
  return /^[\d.]+ s$/u.test(value) ? value : quote(value);
}

function same(was: unknown, is: unknown): boolean {
  return JSON.stringify(was) === JSON.stringify(is);
}

function sameSecret(was: Secret | undefined, is: Secret | undefined): boolean {
  return was?.reveal() === is?.reveal();
}

function sameSecrets(was: Provider["headers"], is: Provider["headers"]): boolean {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.every((name) => sameSecret(was[name], is[name]));
}
