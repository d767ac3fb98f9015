import type { Pricing, Provider, Timeouts } from "../../snapshot.ts";
import { defaults } from "../schema/defaults.ts";
import { quote } from "../show.ts";
import { toMs } from "../time.ts";
import type { Shown } from "./words.ts";
import { change, compareNames, same, sameSecret, seconds } from "./words.ts";

/** What is different in a provider, a sentence each; secrets are never shown. */
export function compareProviders(was: Provider, is: Provider): readonly string[] {
  const name = quote(is.name);
  const idle = is.enabled ? "en" : "dis";
  return [
    ...shown.flatMap(([key, read]) => change(`${name}: ${key}`, read(was), read(is))),
    ...(was.enabled === is.enabled ? [] : [`${name} was ${idle}abled`]),
    ...compareKeys(name, was, is),
    ...compareTimeouts(name, was, is),
    ...comparePricing(name, was.pricing, is.pricing),
    ...compareNames(`${name}: header`, was.headers, is.headers, sameSecret),
    ...compareNames(`${name}: extra_body`, was.extraBody, is.extraBody, same),
    ...compareAccount(name, was, is),
    ...compareLocal(name, was, is),
  ];
}

/** What may be shown of a provider as it is, in the words of the file. */
export const shown: readonly (readonly [string, (provider: Provider) => Shown])[] = [
  ["api_endpoint", ({ endpoint }) => endpoint],
  ["model_name", ({ model }) => model],
  ["protocol", ({ protocol }) => protocol],
  ["vendor", ({ vendor }) => vendor],
  ["max_tokens", ({ maxTokens }) => maxTokens],
  ["temperature", ({ temperature }) => temperature],
  ["timeout", ({ timeoutMs }) => seconds(timeoutMs)],
  ["retry_attempts", ({ retryAttempts }) => retryAttempts],
  ["context_window", ({ contextWindow }) => contextWindow],
  ["thinking", ({ thinking }) => thinking],
  ["priority", ({ priority }) => priority],
  ["capabilities", ({ capabilities }) => capabilities?.join(", ") ?? null],
];

function compareKeys(name: string, was: Provider, is: Provider): readonly string[] {
  if (was.key === null && is.key === null) return [];
  if (is.key === null) return [`${name} has no key any more`];
  if (was.key === null) return [`${name} has a key now (${is.keySource})`];
  if (!sameSecret(was.key, is.key)) return [`${name}: api_key changed (${is.keySource})`];
  return was.keySource === is.keySource ? [] : [`${name}: the key comes from ${is.keySource} now`];
}

type Time = readonly [
  key: string,
  read: (timeouts: Timeouts) => number,
  /** What it is when only `timeout` is said. */
  usual: (provider: Provider) => number,
];

const times: readonly Time[] = [
  [
    "connect",
    ({ connectMs }) => connectMs,
    ({ timeoutMs, timeouts }) => Math.min(toMs(defaults.connect), timeoutMs, timeouts.wholeMs),
  ],
  [
    "first_content",
    ({ firstContentMs }) => firstContentMs,
    ({ timeoutMs, timeouts }) => Math.min(timeoutMs, timeouts.wholeMs),
  ],
  ["idle", ({ idleMs }) => idleMs, ({ timeoutMs }) => timeoutMs],
  ["total", ({ wholeMs }) => wholeMs, ({ timeoutMs }) => timeoutMs],
];

// What follows from `timeout` is said with it.
function compareTimeouts(name: string, was: Provider, is: Provider): readonly string[] {
  return times.flatMap(([key, read, usual]) => {
    const [before, after] = [read(was.timeouts), read(is.timeouts)];
    const isUsual = before === usual(was) && after === usual(is);
    return isUsual ? [] : change(`${name}: timeouts.${key}`, seconds(before), seconds(after));
  });
}

function comparePricing(name: string, was: Pricing | null, is: Pricing | null): readonly string[] {
  if (same(was, is)) return [];
  if (is === null) return [`${name}: its price is not known any more`];
  if (was === null) return [`${name}: its price is known now`];
  const keys = [
    ...change(`${name}: pricing.input`, was.input, is.input),
    ...change(`${name}: pricing.output`, was.output, is.output),
    ...change(`${name}: pricing.cached_input`, was.cachedInput, is.cachedInput),
    ...change(`${name}: pricing.as_of`, was.asOf, is.asOf),
  ];
  return keys.length === 0 ? [`${name}: pricing changed`] : keys;
}

// Another key is another account, which is said already.
function compareAccount(name: string, was: Provider, is: Provider): readonly string[] {
  const isKey = was.identity.key !== is.identity.key;
  return was.identity.account === is.identity.account || isKey ? [] : [`${name}: account changed`];
}

function compareLocal(name: string, was: Provider, is: Provider): readonly string[] {
  if (was.local === is.local || was.endpoint !== is.endpoint) return [];
  return [`${name} ${is.local ? "counts as on" : "does not count as on"} this machine now`];
}
