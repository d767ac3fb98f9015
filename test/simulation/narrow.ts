import type { Chance } from "./chance.ts";

/** A route beside the usual one, on which requests may not switch as they like. */
export type Narrow = {
  /** `null`: as often as there are others. */
  readonly maxSwitches: number | null;
  readonly onFailure: boolean;
  readonly onTimeout: boolean;
  readonly prefer: "order" | "fastest";
  /** Whether a request waits for its turn under the route's limit. */
  readonly patient: boolean;
  /** How many attempts may be in flight on it, and begin within a minute; `null`: any number. */
  readonly limit: { readonly inFlight: number; readonly aMinute: number } | null;
};

/** Its name in the file. */
export const narrowRoute = "narrow";

/** Draws a route that is narrow in one way or several; `null`: there is none. */
export function drawNarrow(chance: Chance): Narrow | null {
  if (chance.flip(0.4)) return null;
  return {
    maxSwitches: chance.flip(0.4) ? chance.whole(0, 3) : null,
    onFailure: chance.flip(0.7),
    onTimeout: chance.flip(0.7),
    prefer: chance.flip(0.25) ? "fastest" : "order",
    patient: chance.flip(0.5),
    limit: chance.flip(0.3)
      ? { inFlight: chance.whole(1, 3), aMinute: chance.pick([30, 60, 240]) }
      : null,
  };
}

/** What the file says of it. */
export function routesOf(narrow: Narrow | null, names: readonly string[]): object {
  if (narrow === null) return {};
  const { maxSwitches, onFailure, onTimeout, prefer, patient, limit } = narrow;
  const failover = {
    ...(maxSwitches === null ? {} : { max_switches: maxSwitches }),
    ...{ switch_on_failure: onFailure, switch_on_timeout: onTimeout, prefer },
    ...(patient ? { when_limited: "wait" } : {}),
  };
  const rateLimit =
    limit === null ? {} : { max_concurrency: limit.inFlight, requests_per_minute: limit.aMinute };
  return { routes: { [narrowRoute]: { providers: names, failover, rate_limit: rateLimit } } };
}
