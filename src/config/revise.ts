import type { Revision } from "../snapshot.ts";
import type { Config, NamedProvider, NamedRoute } from "./config.ts";

/** A configuration with what was changed while running, and the changes that still hold. */
export type Revised = { readonly config: Config; readonly revisions: readonly Revision[] };

/**
 * Applies changes that were made while running. One holds until the file says something else
 * about the same setting than it said when the change was made: the latest word counts.
 */
export function revise(config: Config, wanted: readonly Revision[]): Revised {
  const revisions = wanted.filter(
    (one) => fileSays(config, one) === one.file && one.now !== one.file,
  );
  return { config: revisions.reduce(applied, config), revisions };
}

/** What the file says about a setting; `undefined`: there is no such provider. */
export function fileSays(
  config: Config,
  { provider, setting }: Pick<Revision, "provider" | "setting">,
): Revision["file"] | undefined {
  const found = config.providers.find(({ name }) => name === provider);
  if (found === undefined) return undefined;
  return setting === "default" ? firstOf(config) === provider : found[setting];
}

function firstOf({ defaultProvider, providers, routes }: Config): string | undefined {
  const listed = routes.find(({ name }) => name === "default")?.providers;
  if (listed !== undefined) return listed[0];
  return defaultProvider ?? providers.toSorted((a, b) => a.priority - b.priority)[0]?.name;
}

function applied(config: Config, { provider, setting, now }: Revision): Config {
  if (setting === "default") {
    const routes = config.routes.map((route) => withFirst(route, provider));
    return { ...config, routes, defaultProvider: provider };
  }
  const providers = config.providers.map((one): NamedProvider =>
    one.name === provider ? { ...one, [setting]: now } : one,
  );
  return { ...config, providers };
}

function withFirst(route: NamedRoute, first: string): NamedRoute {
  if (route.name !== "default" || route.providers === undefined) return route;
  return { ...route, providers: [first, ...route.providers.filter((name) => name !== first)] };
}
