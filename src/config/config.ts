import { own } from "../own.ts";
import type { z } from "zod";
import type { Document, Path } from "./document.ts";
import type {
  AccountSettings,
  FailoverSettings,
  FailureRuleSettings,
  ProviderSettings,
  RouteSettings,
  fileSchema,
} from "./schema.ts";

/** One entry of `providers` with its name. */
export type NamedProvider = ProviderSettings & { readonly name: string };

/** One route with its name, and where in the file it and its parts stand. */
export type NamedRoute = RouteSettings & {
  readonly name: string;
  readonly places: {
    readonly route: Path;
    /** The list of its providers. */
    readonly providers: Path;
    readonly failover: Path;
    readonly overrides: Path;
  };
};

/** What a file says, its defaults filled in, its providers and routes in the file's order. */
export type Config = {
  readonly providers: readonly NamedProvider[];
  readonly accounts: Readonly<Record<string, AccountSettings>>;
  readonly routes: readonly NamedRoute[];
  /** Asked first wherever a route does not name its providers; `null`: the order says. */
  readonly defaultProvider: string | null;
  readonly failover: FailoverSettings;
  readonly failureRules: readonly FailureRuleSettings[];
  /** Where an older file says what has another place now. */
  readonly places: {
    /** By the key of `failover`. */
    readonly failover: Readonly<Record<string, Path>>;
    readonly defaultProvider: Path | null;
  };
};

/** The configuration that a file's checked values are, in the order of its syntax tree. */
export function toConfig(document: Document, data: z.output<typeof fileSchema>): Config {
  const { accounts, failover, failure_rules: failureRules } = data;
  const providers = inOrder(document, "providers", data.providers);
  const routes = (["routes", "tasks"] as const).flatMap((key) =>
    inOrder(document, key, data[key]).map((route) => ({ ...route, places: placesOf(key, route) })),
  );
  const places = { failover: {}, defaultProvider: null };
  return { providers, accounts, routes, defaultProvider: null, failover, failureRules, places };
}

// JavaScript reorders names that look like numbers, so the order is the syntax tree's.
function inOrder<Settings extends object>(
  document: Document,
  key: string,
  table: Readonly<Record<string, Settings>>,
): readonly (Settings & { readonly name: string })[] {
  const names = new Set(document.entries([key]).map(({ name }) => name));
  return [...names].flatMap((name) => {
    const settings = own(table, name);
    return settings === undefined ? [] : [{ ...settings, name }];
  });
}

function placesOf(key: string, { name }: { readonly name: string }): NamedRoute["places"] {
  const route = [key, name];
  return {
    route,
    providers: [...route, "providers"],
    failover: [...route, "failover"],
    overrides: [...route, "overrides"],
  };
}
