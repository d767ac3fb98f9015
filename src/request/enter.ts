import { own } from "../own.ts";
import type { ChatRequest } from "../chat/request.ts";
import { requestProblem } from "../chat/request.ts";
import { LLMProviderError } from "../provider-error.ts";
import type { Unusable } from "../failure.ts";
import type { Policy, Provider, Route, Snapshot } from "../snapshot.ts";
import type { GenerateOptions } from "../options.ts";
import type { Needs } from "./needs.ts";
import { needsOf } from "./needs.ts";
import { rank } from "./rank.ts";

/** What a request needs of the configuration it was pinned to. */
export type Entry = {
  readonly route: string;
  /** Those fit for the request, in the order in which they have their turn. */
  readonly providers: readonly Provider[];
  /** Those that are not, and why. */
  readonly leftOut: readonly Unusable[];
  readonly policy: Policy;
  readonly timeoutMs: number | null;
  /** What the request itself says of its answer's length; `null`: each provider's own holds. */
  readonly maxTokens: number | null;
  readonly needs: Needs;
  /** All that are on the way, fit or not. */
  readonly asked: readonly Provider[];
};

/** Checks a caller's arguments against a snapshot. Throws LLMProviderError, `bad_request`. */
export function enter(request: ChatRequest, options: GenerateOptions, snapshot: Snapshot): Entry {
  const problem = requestProblem(request) ?? optionProblem(options);
  if (problem !== null) throw refusal(problem);
  const route = routeOf(snapshot, options.route ?? "default");
  const { deadlineMs, provider, timeoutMs, capabilities } = options;
  const asked = provider === undefined ? route.providers : [providerOf(snapshot, route, provider)];
  const needs = needsOf(request, [...route.capabilities, ...(capabilities ?? [])]);
  return {
    route: route.name,
    needs,
    asked,
    ...rank(asked, needs),
    policy: deadlineMs === undefined ? route.policy : { ...route.policy, deadlineMs },
    timeoutMs: timeoutMs ?? null,
    maxTokens: request.max_tokens ?? request.max_completion_tokens ?? null,
  };
}

function optionProblem(options: GenerateOptions): string | null {
  const { capabilities, signal } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    return "`signal` must be an AbortSignal.";
  }
  if (capabilities !== undefined && !isListOfWords(capabilities)) {
    return '`capabilities` must be a list of words, as in ["tools"].';
  }
  for (const name of ["deadlineMs", "timeoutMs"] as const) {
    const value = options[name];
    if (value === undefined) continue;
    if (typeof value !== "number" || !(value > 0) || value > 86_400_000) {
      return `\`${name}\` must be a number of milliseconds above 0, at most 86400000 (a day).`;
    }
  }
  return null;
}

function isListOfWords(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string" && one.trim() !== "");
}

function routeOf(snapshot: Snapshot, name: string): Route {
  const route = own(snapshot.routes, name);
  if (route !== undefined) return route;
  const known = Object.keys(snapshot.routes).join(", ");
  throw refusal(`There is no route ${JSON.stringify(name)}; the configuration has ${known}.`);
}

function providerOf(snapshot: Snapshot, route: Route, name: string): Provider {
  const isIt = (one: Provider): boolean => one.name === name;
  const provider = route.providers.find(isIt) ?? snapshot.providers.find(isIt);
  if (provider === undefined) {
    const known = snapshot.providers.map((one) => one.name).join(", ");
    throw refusal(`There is no provider ${JSON.stringify(name)}; the configuration has ${known}.`);
  }
  if (!provider.enabled) throw refusal(`The provider ${name} is disabled in the configuration.`);
  if (provider.key === null) {
    throw refusal(`The provider ${name} has no key (${provider.keySource}).`);
  }
  if (route.localOnly && !provider.local) {
    throw refusal(`The route ${route.name} is local_only, and ${name} is not on this machine.`);
  }
  return provider;
}

function refusal(message: string): LLMProviderError {
  return new LLMProviderError({ kind: "bad_request", message });
}
