import type { Revision } from "../snapshot.ts";
import type { Config, NamedProvider, NamedRoute } from "./config.ts";

/** A change to make now: what the file says is looked up. */
export type Change =
  | { readonly provider: string; readonly setting: "enabled"; readonly now: boolean }
  | { readonly provider: string; readonly setting: "priority"; readonly now: number }
  | { readonly provider: string; readonly setting: "default"; readonly now: true };

/** A configuration with what was changed while running, and the changes that still hold. */
export type Revised = { readonly config: Config; readonly revisions: readonly Revision[] };

/**
 * Applies changes that were made while running. One holds until the file says something else
 * about the same setting than it said when the change was made: the latest word counts.
 */
export function revise(config: Config, wanted: readonly (Revision | Change)[]): Revised {
  const revisions = wanted.flatMap((one) => {
    const file = fileSays(config, one);
    if (file === undefined || ("file" in one && one.file !== file)) return [];
    // Who goes first is also a matter of priorities, which may have been changed.
    const isNews = file !== one.now || one.setting === "default";
    return isNews ? [{ ...one, file } as Revision] : [];
  });
  return { config: revisions.reduce(applied, config), revisions };
}

/** The changes that hold when one more is made: the latest about a setting counts. */
export function withChange(
  revisions: readonly Revision[],
  change: Change,
): readonly (Revision | Change)[] {
  const isSame = ({ provider, setting }: Revision): boolean =>
    setting === change.setting && (setting === "default" || provider === change.provider);
  return [...revisions.filter((one) => !isSame(one)), change];
}

// `undefined`: there is no such provider.
function fileSays(
  config: Config,
  { provider, setting }: Revision | Change,
): Revision["file"] | undefined {
  const found = config.providers.find(({ name }) => name === provider);
  if (found === undefined) return undefined;
  return setting === "default" ? firstOf(config) : found[setting];
}

function firstOf({ defaultProvider, providers, routes }: Config): string | null {
  const listed = routes.find(({ name }) => name === "default")?.providers;
  if (listed !== undefined) return listed[0] ?? null;
  return defaultProvider ?? providers.toSorted((a, b) => a.priority - b.priority)[0]?.name ?? null;
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
