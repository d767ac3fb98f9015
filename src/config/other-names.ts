import { knownKeys } from "./schema.ts";

/** A kind of object of the file. */
export type Kind = keyof typeof knownKeys;

// What other tools call the same; without capitals and signs.
const ofProviders: Readonly<Record<string, readonly string[]>> = {
  api_endpoint: ["baseurl", "url", "endpoint", "apibase", "apiurl", "apibaseurl", "host"],
  api_key: ["key", "token", "apitoken", "secret", "apisecret", "apikeyenv"],
  model_name: ["model", "modelid", "deployment", "engine"],
  provider_name: ["name"],
  max_tokens: ["maxoutputtokens", "maxcompletiontokens", "maxnewtokens"],
  retry_attempts: ["retries", "maxretries", "numretries", "attempts", "maxattempts"],
  timeout: ["timeoutms", "timeoutseconds", "requesttimeout", "timeoutsec"],
  headers: ["extraheaders", "defaultheaders", "customheaders"],
  extra_body: ["extraparams", "params", "modelkwargs"],
  rate_limit: ["rpm", "tpm", "ratelimits", "limits"],
  pricing: ["price", "prices", "cost", "costs"],
};

const ofFailover: Readonly<Record<string, readonly string[]>> = {
  deadline: ["timeout", "totaltimeout", "requesttimeout", "timeoutms"],
  max_attempts: ["retries", "maxretries", "retryattempts", "attempts"],
};

/** What a key is called here that other tools call otherwise; `undefined`: it is none of these. */
export function otherName(kind: Kind, name: string): string | undefined {
  const table = kind === "provider" ? ofProviders : kind === "failover" ? ofFailover : {};
  const bare = name.toLowerCase().replace(/[^a-z]/gu, "");
  return Object.keys(table).find((key) => table[key]?.includes(bare));
}

// Those whose names say where they belong; the likeliest first.
const homes: readonly (readonly [Kind, string])[] = [
  ["provider", "a provider"],
  ["failover", "failover"],
  ["timeouts", "a provider's timeouts"],
  ["rateLimit", "rate_limit"],
  ["circuitBreaker", "failover.circuit_breaker"],
  ["backoff", "failover.backoff"],
  ["retryBudget", "failover.retry_budget"],
  ["pricing", "a provider's pricing"],
  ["file", "the top of the file"],
];

// These are words of anybody's, too.
const common = new Set(["description", "capabilities", "total", "input", "output", "max", "base"]);

/** Where a key belongs that stands in another kind of object; `undefined`: nowhere. */
export function homeOf(kind: Kind, name: string): string | undefined {
  if (common.has(name)) return undefined;
  const isOverride = kind === "route" && knownKeys.overrides.some((key) => key === name);
  if (isOverride) return "the route's overrides";
  const isPolicy = knownKeys.routeFailover.some((key) => key === name);
  if (kind === "route" && isPolicy) return "the route's failover";
  return homes.find(([home]) => home !== kind && holds(home, name))?.[1];
}

function holds(kind: Kind, name: string): boolean {
  const keys: readonly string[] = knownKeys[kind];
  return keys.includes(name);
}
