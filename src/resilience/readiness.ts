import { own } from "../own.ts";
import type { Provider } from "../snapshot.ts";
import type { Breaker } from "./breaker.ts";
import type { CoolDown } from "./cooldown.ts";
import type { Health } from "./health.ts";
import { providerHealth } from "./health.ts";
import type { Room } from "./limits.ts";
import { roomUnder } from "./limits.ts";
import { aheadOf } from "./queue.ts";

/** Whether a provider may be asked, and if not, what stands in the way. */
export type Readiness =
  | { readonly state: "ready" }
  /** Out of use until a known time, in epoch milliseconds. */
  | { readonly state: "cooling"; readonly until: number; readonly coolDown: CoolDown }
  /** Its time is over, but one attempt is still finding out whether it is well. */
  | { readonly state: "probing"; readonly coolDown: CoolDown }
  /** Too much went wrong there: left alone until a time; `probed` while one finds out. */
  | {
      readonly state: "open";
      readonly until: number;
      readonly probed: boolean;
      readonly breaker: Extract<Breaker, { state: "open" }>;
    };

const ready: Readiness = { state: "ready" };

/** Whether there is room for one more request of about so many tokens, behind those who wait. */
export function roomAt(
  health: Health,
  provider: Provider,
  asked: { readonly request: string; readonly tokens: number },
  now: number,
): Room {
  const limits = own(health.policy.limits, provider.name);
  if (limits === undefined) return { at: now };
  const ahead = aheadOf(health.queues, provider.name, asked.request);
  return roomUnder(limits, health.limits, { tokens: asked.tokens, ahead }, now);
}

/** Whether a route has room for one more attempt; who has begun goes before who has not. */
export function routeRoomAt(
  health: Health,
  route: string,
  asked: { readonly request: string; readonly tokens: number; readonly begun: boolean },
  now: number,
): Room {
  const limits = own(health.policy.routeLimits, route);
  if (limits === undefined) return { at: now };
  const ahead = asked.begun ? 0 : aheadOf(health.routeQueues, route, asked.request);
  return roomUnder(limits, health.limits, { tokens: asked.tokens, ahead }, now);
}

/** The readiness of a provider at a moment: a cool-down weighs more than an open breaker. */
export function readiness(health: Health, provider: Provider, now: number): Readiness {
  const cooled = coolDownOf(health, provider, now);
  if (cooled.state !== "ready") return cooled;
  const { breaker } = providerHealth(health, provider.name);
  if (breaker.state === "closed") return ready;
  const probed = breaker.probe !== null;
  if (!probed && breaker.until <= now) return ready;
  return { state: "open", until: breaker.until, probed, breaker };
}

// The longest cool-down of its scopes decides.
function coolDownOf(health: Health, provider: Provider, now: number): Readiness {
  if (health.coolDowns.size === 0) return ready;
  let found: Readiness = ready;
  for (const key of Object.values(provider.identity)) {
    const coolDown = health.coolDowns.get(key);
    if (coolDown === undefined) continue;
    if (coolDown.until > now) {
      if (found.state === "cooling" && found.until >= coolDown.until) continue;
      found = { state: "cooling", until: coolDown.until, coolDown };
    } else if (coolDown.probe !== null && found.state === "ready") {
      found = { state: "probing", coolDown };
    }
  }
  return found;
}
