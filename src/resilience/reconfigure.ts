import type { HealthPolicy, Limits } from "../health-policy.ts";
import type { Breaker } from "./breaker.ts";
import type { Budget } from "./budget.ts";
import { balanceAt, fullBudget } from "./budget.ts";
import type { LimitUsage } from "./limits.ts";
import { emptyWindow } from "./window.ts";

/** How many providers or routes that are gone may still have limits, for earlier requests. */
const goneMax = 1_000;

/** The budget under another policy: the time until now was under the old one. */
export function rebudgeted(
  budget: Budget,
  was: HealthPolicy,
  is: HealthPolicy,
  at: number,
): Budget {
  if (budget.at === 0) return fullBudget(is.budget, at);
  return { balance: balanceAt(budget, at, was.budget), at: Math.max(at, budget.at) };
}

/** A breaker under another policy: a window of another span cannot be read, and begins anew. */
export function rewindowed(breaker: Breaker, was: HealthPolicy, is: HealthPolicy): Breaker {
  if (breaker.state === "open" || was.breaker.windowMs === is.breaker.windowMs) return breaker;
  return { ...breaker, window: emptyWindow };
}

/** The limits in force: those of who is gone hold for requests that still know it. */
export function limitsNow(was: Limits, is: Limits): Limits {
  const gone = Object.entries(was).filter(([name]) => !Object.hasOwn(is, name));
  return gone.length > goneMax ? is : { ...Object.fromEntries(gone), ...is };
}

/** The use of those limits that are still in force, of providers and of routes. */
export function usageUnder(usage: LimitUsage, limits: Limits, routeLimits: Limits): LimitUsage {
  const named = new Set(
    [...Object.values(limits), ...Object.values(routeLimits)].flat().map(({ name }) => name),
  );
  return new Map([...usage].filter(([name]) => named.has(name)));
}
