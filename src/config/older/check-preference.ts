import { checkEffects } from "../check-effects.ts";
import type { PlannedRoute } from "../compile-route.ts";
import type { Config } from "../config.ts";
import type { Path } from "../document.ts";
import type { Finding } from "../problem.ts";

/** Tells where an older file prefers somebody and nobody can be preferred. */
export function checkPreference(
  { places }: Config,
  routes: readonly PlannedRoute[],
): readonly Finding[] {
  const { prefer: older } = places.failover;
  if (older === undefined) return [];
  return checkEffects(routes, isPreference).map((finding) => ({ ...finding, path: older }));
}

// Older programs wrote every switch into every file: of the others nobody need be told.
function isPreference(path: Path): boolean {
  return path.join(".") === "failover.prefer";
}
