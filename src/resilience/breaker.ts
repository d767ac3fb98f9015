import type { Failure } from "../failure.ts";
import { consequences } from "../failure.ts";
import type { BreakerPolicy } from "../health-policy.ts";
import type { Window } from "./window.ts";
import { countsOf, emptyWindow, withOutcome } from "./window.ts";

/** Whether a provider is left alone because too much went wrong there. */
export type Breaker =
  | {
      readonly state: "closed";
      /** Failures in a row. */
      readonly run: number;
      readonly window: Window;
      /** How often it has opened without a whole answer since. */
      readonly opened: number;
    }
  | {
      /** Open until a time; after it half open: one attempt at a time finds out. */
      readonly state: "open";
      readonly since: number;
      readonly until: number;
      readonly opened: number;
      /** The attempt that is finding out. */
      readonly probe: string | null;
    };

/** What an attempt says of its provider's health. */
export type Outcome = "good" | "bad" | "nothing";

/** What a failure, or an answer, says of its provider's health. */
export function outcomeOf(failure: Failure | null): Outcome {
  if (failure === null) return "good";
  // A caller's leaving, impatience or fault says nothing; other scopes' failures have cool-downs.
  const blamed = consequences[failure.kind].coolDown.by === "breaker";
  // Who is about to mend an answer is judged by what comes of that.
  const blameless = failure.shortened === true || failure.repair === true;
  return blamed && !blameless ? "bad" : "nothing";
}

/** The breaker of a provider never asked. */
export const closedBreaker: Breaker = { state: "closed", run: 0, window: emptyWindow, opened: 0 };

/** An attempt begins: at an open breaker it is the probe, if there is none. */
export function withStart(breaker: Breaker, attempt: string): Breaker {
  if (breaker.state === "closed" || breaker.probe !== null) return breaker;
  return { ...breaker, probe: attempt };
}

/** A probe had its first content: on trial, the next failure opens it again, longer. */
export function withCommit(breaker: Breaker, attempt: string, policy: BreakerPolicy): Breaker {
  if (breaker.state === "closed" || breaker.probe !== attempt) return breaker;
  const { opened } = breaker;
  return { state: "closed", run: policy.failures - 1, window: emptyWindow, opened };
}

/** An attempt has ended; `chance` is in [0, 1), for the length of the time it may open for. */
export function withEnd(
  breaker: Breaker,
  attempt: string,
  end: { readonly outcome: Outcome; readonly at: number; readonly chance: number },
  policy: BreakerPolicy,
): Breaker {
  const { outcome, at, chance } = end;
  if (breaker.state === "open") {
    // Others began before it opened: they prove nothing about now.
    if (breaker.probe !== attempt) return breaker;
    if (outcome === "good") return closedBreaker;
    if (outcome === "nothing") return { ...breaker, probe: null };
    return open(breaker.opened, at, chance, policy);
  }
  if (outcome === "nothing") return breaker;
  const bad = outcome === "bad";
  const window = withOutcome(breaker.window, at, bad, policy.windowMs);
  const run = bad ? breaker.run + 1 : 0;
  const opened = bad ? breaker.opened : 0;
  if (bad && trips(run, window, at, policy)) return open(opened, at, chance, policy);
  return { state: "closed", run, window, opened };
}

function trips(run: number, window: Window, at: number, policy: BreakerPolicy): boolean {
  if (run >= policy.failures) return true;
  const { good, bad } = countsOf(window, at, policy.windowMs);
  return good + bad >= policy.minSamples && bad >= (good + bad) * policy.rate;
}

function open(opened: number, at: number, chance: number, policy: BreakerPolicy): Breaker {
  const grown = Math.min(policy.openMaxMs, policy.openMs * 2 ** opened);
  // Up to a tenth longer, so that many processes do not come back as one.
  const until = at + Math.min(policy.openMaxMs, grown * (1 + 0.1 * chance));
  return { state: "open", since: at, until, opened: opened + 1, probe: null };
}
