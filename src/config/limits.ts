import type { Limit, Limits } from "../health-policy.ts";
import type { Provider } from "../snapshot.ts";
import type { IsWritten } from "./check-provider.ts";
import type { PlannedRoute } from "./compile-route.ts";
import type { Config, NamedProvider } from "./config.ts";
import type { Finding } from "./problem.ts";
import { error, warning } from "./problem.ts";

type Written = NamedProvider["rate_limit"];

/** The limits each provider is under: its own, and those of the account it shares with others. */
export function compileLimits(config: Config, providers: readonly Provider[]): Limits {
  const entries = config.providers.map((settings) => {
    const identity = providers.find(({ name }) => name === settings.name)?.identity;
    const shared = settings.account === undefined ? {} : accountLimit(config, settings.account);
    const own = limit(`provider ${settings.name}`, settings.rate_limit, false);
    // What a vendor says of requests in flight is said of the account.
    const account = limit(identity?.account ?? settings.name, shared, true);
    return [settings.name, isEmpty(settings.rate_limit) ? [account] : [own, account]] as const;
  });
  return Object.fromEntries(entries);
}

/** The limit of every route, also of one that has none, since a reload may give it one. */
export function compileRouteLimits(routes: readonly PlannedRoute[]): Limits {
  return Object.fromEntries(
    routes.map(({ name, written }) => [
      name,
      [limit(`route ${name}`, written?.rate_limit ?? {}, false)],
    ]),
  );
}

/** What in the limits can never hold, or is of no use. */
export function checkLimits(config: Config, isWritten: IsWritten): readonly Finding[] {
  return [
    ...config.providers.flatMap((provider) => [
      ...checkProvider(config, provider),
      ...checkSamples(config, provider, isWritten),
    ]),
    ...checkAccounts(config),
  ];
}

function checkProvider(config: Config, provider: NamedProvider): readonly Finding[] {
  const { name, rate_limit: own, account, enabled } = provider;
  if (isEmpty(own)) return [];
  const path = ["providers", name, "rate_limit"];
  const shared = account === undefined ? {} : accountLimit(config, account);
  const over = (Object.keys(own) as (keyof Written)[]).flatMap((key) => {
    const most = shared[key];
    if (most === undefined || (own[key] ?? 0) <= most) return [];
    const message = `${own[key]} is more than the account allows, ${most}`;
    return [error([...path, key], message, `write at most ${most}, or leave it to the account`)];
  });
  const unused = enabled
    ? []
    : [warning(path, "has no effect: the provider is disabled", "enable it, or take this out")];
  return [...over, ...unused];
}

// A share of failures that needs more samples than the limit lets through is never judged. Who
// has not asked for it has failures in a row all the same.
function checkSamples(
  { failover }: Config,
  { name, rate_limit: own }: NamedProvider,
  isWritten: IsWritten,
): readonly Finding[] {
  const { min_samples: least, window } = failover.circuit_breaker;
  const keys = ["failure_rate", "min_samples", "window"];
  const isMeant = keys.some((key) => isWritten(["failover", "circuit_breaker", key]));
  if (!isMeant) return [];
  const most = ((own.requests_per_minute ?? Infinity) * window) / 60;
  if (most >= least) return [];
  const message =
    `the breaker's failure_rate can never be judged: it needs ${least} attempts in ${window} s,` +
    ` and this lets ${Math.floor(most)} through`;
  const hint = "lower failover.circuit_breaker.min_samples, or make its window longer";
  return [warning(["providers", name, "rate_limit", "requests_per_minute"], message, hint)];
}

function checkAccounts({ accounts, providers }: Config): readonly Finding[] {
  const named = new Set(providers.map(({ account }) => account));
  return Object.keys(accounts)
    .filter((name) => !named.has(name))
    .map((name) => {
      const hint = 'name it in a provider with "account", or take it out';
      return error(["accounts", name], "no provider is of this account", hint);
    });
}

function accountLimit({ accounts }: Config, name: string): Written {
  return Object.hasOwn(accounts, name) ? (accounts[name]?.rate_limit ?? {}) : {};
}

function limit(name: string, written: Written, adaptive: boolean): Limit {
  return {
    name,
    requestsPerMinute: written.requests_per_minute ?? null,
    tokensPerMinute: written.tokens_per_minute ?? null,
    maxConcurrency: written.max_concurrency ?? null,
    adaptive,
  };
}

function isEmpty(written: Written): boolean {
  return Object.values(written).every((value) => value === undefined);
}
