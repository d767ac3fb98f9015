import { isLocal } from "../../compile-provider.ts";
import type { Config, NamedRoute } from "../../config.ts";
import type { Document } from "../../document.ts";
import type { Change } from "../../edit/change.ts";
import { resolveEndpoint } from "../../endpoint.ts";
import { isOlder } from "./move-tasks.ts";

/** What it takes for a file to say in its routes who an older one asks first. */
export function changesOfOrder(document: Document, config: Config): readonly Change[] {
  const usual = config.routes.find(({ name }) => name === "default");
  const lists = config.routes.flatMap((route): readonly Change[] => {
    const { name, places } = route;
    const value = route.providers === undefined ? orderOf(config, route) : listOf(route);
    if (value === null) return [];
    return isOlder(places.route)
      ? [newRoute(document, config, name, value)]
      : [{ do: "put", path: [...places.route, "providers"], value, at: "first" }];
  });
  const order = usual === undefined ? orderOf(config, { local_only: false }) : null;
  return order === null ? lists : [newRoute(document, config, "default", order), ...lists];
}

/** What it takes for a file to say in `failover` what an older one says elsewhere. */
export function changesOfFailover(
  document: Document,
  { failover, places }: Config,
): readonly Change[] {
  const said: Readonly<Record<string, unknown>> = failover;
  const keys = Object.keys(places.failover).filter((key) => said[key] !== usualSwitches[key]);
  if (keys.length === 0) return [];
  if (has(document, "failover")) {
    return keys.map((key) => ({ do: "put", path: ["failover", key], value: said[key] }));
  }
  const value = Object.fromEntries(keys.map((key) => [key, said[key]]));
  return [{ do: "put", path: ["failover"], value, at: { after: anchor(document) } }];
}

/** Where older keys stand in a file, the newer ones come. */
function anchor(document: Document): string {
  return document.entries([]).findLast(({ name }) => isOlder([name]))?.name ?? "";
}

function has(document: Document, key: string): boolean {
  return document.entries([]).some(({ name }) => name === key);
}

// The usual route stands before the others.
function newRoute(
  document: Document,
  { routes }: Config,
  name: string,
  providers: readonly string[],
): Change {
  const hasTasks = routes.some(({ places }) => isOlder(places.overrides));
  return has(document, "routes") || hasTasks
    ? { do: "put", path: ["routes", name], value: { providers }, at: "first" }
    : {
        do: "put",
        path: ["routes"],
        value: { [name]: { providers } },
        at: { after: anchor(document) },
      };
}

// A task has its list already.
function listOf({ name, places, providers }: NamedRoute): readonly string[] | null {
  return name === "default" && isOlder(places.providers) ? (providers ?? null) : null;
}

// Who is asked on a route that names nobody, if the default is what decides.
function orderOf(
  { providers, defaultProvider }: Config,
  { local_only }: Pick<NamedRoute, "local_only">,
): readonly string[] | null {
  if (defaultProvider === null) return null;
  const all = providers
    .toSorted((a, b) => a.priority - b.priority)
    .filter((settings) => {
      const { endpoint } = resolveEndpoint(settings, null);
      return !local_only || isLocal({ settings, endpoint });
    })
    .map(({ name }) => name);
  if (all[0] === defaultProvider || !all.includes(defaultProvider)) return null;
  return [defaultProvider, ...all.filter((name) => name !== defaultProvider)];
}

const usualSwitches: Readonly<Record<string, unknown>> = {
  switch_on_failure: true,
  switch_on_timeout: true,
};
