import { checkBreaker } from "./check-breaker.ts";
import { checkEffects } from "./check-effects.ts";
import { checkIndependence } from "./check-independence.ts";
import { checkKeyOwner } from "./check-key-owner.ts";
import { checkPriority } from "./check-priority.ts";
import { checkProvider } from "./check-provider.ts";
import { checkRates } from "./check-rates.ts";
import { checkRoutes } from "./check-routes.ts";
import { checkLimits } from "./limits.ts";
import type { Resolved } from "./compile-provider.ts";
import { isUsable } from "./compile-provider.ts";
import type { PlannedRoute } from "./compile-route.ts";
import type { Path } from "./document.ts";
import { checkPreference } from "./older/check-preference.ts";
import type { Parsed } from "./parse.ts";
import type { Revision } from "../snapshot.ts";
import type { Finding } from "./problem.ts";
import { error } from "./problem.ts";

/** What contradicts itself or has no effect in a file whose endpoints and secrets are known. */
export function checkWhole(
  { config, document, findings: read, changes }: Parsed & { readonly changes: readonly Revision[] },
  providers: readonly Resolved[],
  routes: readonly PlannedRoute[],
  resolving: readonly Finding[],
): readonly Finding[] {
  if (config === null) return [];
  const isWritten = (path: Path): boolean =>
    document.entries(path.slice(0, -1)).some(({ name }) => name === path.at(-1));
  const errors = [...read, ...resolving].filter(({ severity }) => severity === "error");
  const meant = providers.filter((provider) => isUsable(provider) || isMeant(provider, errors));
  return [
    ...config.providers.flatMap((provider) => checkProvider(provider, isWritten)),
    ...providers.flatMap(checkKeyOwner),
    ...checkIndependence(routes),
    ...checkLimits(config, isWritten),
    ...checkRates(config, routes),
    ...checkPriority(config, isWritten),
    ...checkBreaker(config.failover, routes, isWritten),
    ...checkEffects(routes, isWritten),
    ...checkPreference(config, routes),
    ...checkRoutes(config, providers, routes, new Set(meant.map(({ settings }) => settings.name))),
    ...(meant.length > 0 || isUnread(errors) ? [] : [nobodyLeft(providers, changes)]),
  ];
}

// Its key is wrong, which is told; once it is mended, the provider will be used.
function isMeant({ settings }: Resolved, errors: readonly Finding[]): boolean {
  const wrong = errors.some(({ path }) => path[1] === settings.name && path[2] === "api_key");
  return settings.enabled && wrong;
}

// Whole entries are missing from what could be understood, or whether they are enabled.
function isUnread(errors: readonly Finding[]): boolean {
  return errors.some(({ path }) => {
    const [first, , third] = path;
    return first === "providers" && (path.length <= 2 || third === "enabled");
  });
}

function nobodyLeft(providers: readonly Resolved[], changes: readonly Revision[]): Finding {
  const path = ["providers"];
  if (providers.length === 0) {
    return error(path, "there is no provider", "write one; `standin init` shows how");
  }
  const enabled = providers.filter(({ settings }) => settings.enabled);
  const byCall = changes.filter(({ setting, now }) => setting === "enabled" && !now);
  if (enabled.length === 0 && byCall.length > 0) {
    const names = byCall.map(({ provider }) => provider).join(", ");
    const message = `every provider is disabled, ${names} by disableProvider()`;
    return error(path, message, "put one in use again by enableProvider()");
  }
  if (enabled.length === 0) {
    return error(path, "every provider is disabled", 'take out "enabled": false for one of them');
  }
  const variables = [...new Set(enabled.flatMap(({ endpoint }) => endpoint.keyVariables))];
  const hint =
    variables.length === 0 ? "write a key for one of them" : `set ${variables.join(" or ")}`;
  return error(path, "no provider has a key, so none can be used", hint);
}
