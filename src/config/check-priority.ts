import type { IsWritten } from "./check-provider.ts";
import type { Config } from "./config.ts";
import type { Finding } from "./problem.ts";
import { warning } from "./problem.ts";

const newer: ReadonlySet<string | number> = new Set(["routes", "tasks"]);

/** A priority that nobody goes by, since every route names its providers in their order. */
export function checkPriority(config: Config, isWritten: IsWritten): readonly Finding[] {
  const { routes, providers } = config;
  const isListed = routes.every(
    // What an older file says is told with its own keys.
    ({ places, providers: listed }) => listed !== undefined && newer.has(places.route[0] ?? ""),
  );
  if (!isListed || !routes.some(({ name }) => name === "default")) return [];
  const first = providers.find(({ name }) => isWritten(["providers", name, "priority"]));
  if (first === undefined) return [];
  const message = "has no effect: every route names its providers, in their order";
  return [warning(["providers", first.name, "priority"], message, "take it out")];
}
