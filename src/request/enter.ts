import type { ChatRequest } from "../chat/request.ts";
import { requestProblem } from "../chat/request.ts";
import { LLMProviderError } from "../provider-error.ts";
import type { Policy, Provider, Route, Snapshot } from "../snapshot.ts";
import type { GenerateOptions } from "../options.ts";

/** What a request needs of the configuration it was pinned to. */
export type Entry = {
  readonly route: string;
  readonly providers: readonly Provider[];
  readonly policy: Policy;
  readonly timeoutMs: number | null;
};

/** Checks a caller's arguments against a snapshot. Throws LLMProviderError, `bad_request`. */
export function enter(request: ChatRequest, options: GenerateOptions, snapshot: Snapshot): Entry {
  const problem = requestProblem(request) ?? timeProblem(options);
  if (problem !== null) throw refusal(problem);
  const route = routeOf(snapshot, options.route ?? "default");
  const { deadlineMs, provider, timeoutMs } = options;
  return {
    route: route.name,
    providers: provider === undefined ? route.providers : [providerOf(snapshot, provider)],
    policy: deadlineMs === undefined ? route.policy : { ...route.policy, deadlineMs },
    timeoutMs: timeoutMs ?? null,
  };
}

function timeProblem(options: GenerateOptions): string | null {
  for (const name of ["deadlineMs", "timeoutMs"] as const) {
    const value = options[name];
    if (value === undefined) continue;
    if (typeof value !== "number" || !(value > 0) || value > 86_400_000) {
      return `\`${name}\` must be a number of milliseconds above 0, at most 86400000 (a day).`;
    }
  }
  return null;
}

function routeOf(snapshot: Snapshot, name: string): Route {
  const route = Object.hasOwn(snapshot.routes, name) ? snapshot.routes[name] : undefined;
  if (route !== undefined) return route;
  const known = Object.keys(snapshot.routes).join(", ");
  throw refusal(`There is no route ${JSON.stringify(name)}; the configuration has ${known}.`);
}

function providerOf(snapshot: Snapshot, name: string): Provider {
  const provider = snapshot.providers.find((one) => one.name === name);
  if (provider === undefined) {
    const known = snapshot.providers.map((one) => one.name).join(", ");
    throw refusal(`There is no provider ${JSON.stringify(name)}; the configuration has ${known}.`);
  }
  if (!provider.enabled) throw refusal(`The provider ${name} is disabled in the configuration.`);
  if (provider.key === null) {
    throw refusal(`The provider ${name} has no key (${provider.keySource}).`);
  }
  return provider;
}

function refusal(message: string): LLMProviderError {
  return new LLMProviderError({ kind: "bad_request", message });
}
