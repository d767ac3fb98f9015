import { own } from "../own.ts";
import type { ChatRequest } from "../chat/request.ts";
import { requestProblem } from "../chat/request.ts";
import { LLMProviderError } from "../provider-error.ts";
import type { Unusable } from "../failure.ts";
import type { Policy, Provider, Route, Snapshot } from "../snapshot.ts";
import type { GenerateOptions } from "../options.ts";
import { noSuchName } from "../no-such-name.ts";
import { requestOptionNames, unknownName } from "../options.ts";
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
  const problem = requestProblem(request) ?? misplacedOption(request) ?? optionProblem(options);
  if (problem !== null) throw refusal(problem);
  const route = routeOf(snapshot, options.route ?? "default");
  const { deadlineMs, provider, timeoutMs, capabilities } = options;
  const asked = provider === undefined ? route.providers : [providerOf(snapshot, route, provider)];
  const needs = needsOf(request, [...route.capabilities, ...(capabilities ?? [])]);
  const { providers, leftOut } = rank(asked, needs);
  return {
    route: route.name,
    needs,
    asked,
    providers,
    leftOut: asked.length === 0 ? idleOn(route, snapshot) : leftOut,
    policy: deadlineMs === undefined ? route.policy : { ...route.policy, deadlineMs },
    timeoutMs: timeoutMs ?? null,
    maxTokens: request.max_tokens ?? request.max_completion_tokens ?? null,
  };
}

// A request's unknown fields go to the provider, where an option of ours would act on nothing. An
// object as `provider` is OpenRouter's own.
function misplacedOption(request: ChatRequest): string | null {
  const misplaced = requestOptionNames.find((name) => {
    const value = request[name];
    return value !== undefined && !(name === "provider" && typeof value === "object");
  });
  if (misplaced === undefined) return null;
  return (
    `\`${misplaced}\` is an option, and no field of the request: ` +
    `give it beside the request, as in generate(request, { ${misplaced}: … }).`
  );
}

// A misspelt `route` would let a request leave a machine that it must not leave.
function optionProblem(options: GenerateOptions): string | null {
  if (typeof options !== "object") return "The options must be an object.";
  const unknown = unknownName(options, requestOptionNames);
  if (unknown !== null) return unknown;
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
  throw refusal(noSuchName("route", name, Object.keys(snapshot.routes)));
}

function providerOf(snapshot: Snapshot, route: Route, name: string): Provider {
  const isIt = (one: Provider): boolean => one.name === name;
  const provider = route.providers.find(isIt) ?? snapshot.providers.find(isIt);
  if (provider === undefined) {
    const known = snapshot.providers.map((one) => one.name);
    throw refusal(noSuchName("provider", name, known));
  }
  const idle = idleReason(provider, snapshot);
  if (idle !== null) throw refusal(`The provider ${name} ${idle}.`);
  if (route.localOnly && !provider.local) {
    throw refusal(`The route ${route.name} is local_only, and ${name} is not on this machine.`);
  }
  return provider;
}

// Nobody on the route can be used: the caller is told why of each.
function idleOn({ members }: Route, snapshot: Snapshot): readonly Unusable[] {
  return snapshot.providers
    .filter(({ name }) => members.includes(name))
    .map((provider) => ({
      provider: provider.name,
      reason: idleReason(provider, snapshot) ?? "not on the route",
      until: null,
    }));
}

function idleReason({ name, enabled, ...provider }: Provider, snapshot: Snapshot): string | null {
  if (!enabled) {
    const byCall = snapshot.revisions.some(
      (one) => one.provider === name && one.setting === "enabled",
    );
    return byCall ? "is disabled by disableProvider()" : "is disabled in the configuration";
  }
  return provider.key === null ? `has no key (${provider.keySource})` : null;
}

function refusal(message: string): LLMProviderError {
  return new LLMProviderError({ kind: "bad_request", message });
}
