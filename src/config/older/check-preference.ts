import { checkEffects } from "../check-effects.ts";
import type { PlannedRoute } from "../compile-route.ts";
import type { Config } from "../config.ts";
import type { Finding } from "../problem.ts";

/** Tells where an older file prefers somebody and nobody can be preferred. */
export function checkPreference(
  { places }: Config,
  routes: readonly PlannedRoute[],
): readonly Finding[] {
  const { prefer: older } = places.failover;
  if (older === undefined) return [];
  // Older programs wrote every switch into every file: of the others nobody need be told.
  const isPreference = (path: readonly (string | number)[]): boolean =>
    path.join(".") === "failover.prefer";
  return checkEffects(routes, isPreference).map((finding) => ({ ...finding, path: older }));
}
