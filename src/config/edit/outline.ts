import type { Problem } from "../../errors.ts";
import { readBounded } from "../bounds.ts";
import type { NamedProvider } from "../config.ts";
import { resolveEndpoint } from "../endpoint.ts";
import type { LoadOptions } from "../load.ts";
import { loadConfiguration } from "../load.ts";
import { parse } from "../parse.ts";
import { resolveSecrets } from "../secrets.ts";
import { scrub } from "../show.ts";

/** A provider as the file has it; no secret in it. */
export type OutlinedProvider = {
  readonly name: string;
  /** Counts from 1. */
  readonly line: number;
  readonly model: string;
  readonly endpoint: string;
  readonly enabled: boolean;
  /** Whether its key is there. */
  readonly configured: boolean;
  /** Where its key comes from, or would. */
  readonly keySource: string;
  readonly priority: number;
  /** The names of the routes that name it. */
  readonly routes: readonly string[];
};

/** A route as the file has it. */
export type OutlinedRoute = {
  readonly name: string;
  /** Counts from 1. */
  readonly line: number;
  readonly description: string;
  /** In order; `null`: all, by priority. */
  readonly providers: readonly string[] | null;
  readonly capabilities: readonly string[];
  readonly localOnly: boolean;
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly failover: Readonly<Record<string, unknown>>;
};

/** What a file holds, as far as it can be understood, in the file's order. */
export type Outline = {
  /** `false`: nothing of it could be understood. */
  readonly readable: boolean;
  readonly providers: readonly OutlinedProvider[];
  readonly routes: readonly OutlinedRoute[];
  readonly problems: readonly Problem[];
};

/** Tells what a configuration's text holds, whether or not it can be used. */
export function outlineText(input: string | Uint8Array, options: LoadOptions): Outline {
  const { problems } = loadConfiguration(input, options);
  const bounded = readBounded(input);
  const parsed = "problem" in bounded ? null : parse(bounded.text);
  if (parsed?.config == null) return { readable: false, providers: [], routes: [], problems };
  const { config, document } = parsed;
  const naming = (provider: NamedProvider): readonly string[] =>
    config.routes
      .filter(({ providers }) => providers?.includes(provider.name))
      .map(({ name }) => name);
  return {
    readable: true,
    providers: config.providers.map((provider) => {
      const { endpoint } = resolveEndpoint(provider, null);
      const { secrets } = resolveSecrets(provider, endpoint.keyVariables, options);
      return {
        name: provider.name,
        line: document.placeOf(["providers", provider.name]).line,
        model: scrub(provider.model_name),
        endpoint: scrub(endpoint.url),
        enabled: provider.enabled,
        configured: secrets.key !== null,
        keySource: secrets.keySource,
        priority: provider.priority,
        routes: naming(provider),
      };
    }),
    routes: config.routes.map((route) => ({
      name: route.name,
      line: document.placeOf(route.places.route).line,
      description: scrub(route.description ?? ""),
      providers: route.providers ?? null,
      capabilities: route.capabilities ?? [],
      localOnly: route.local_only,
      overrides: written(route.overrides),
      failover: written(route.failover),
    })),
    problems,
  };
}

function written(settings: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
