import type { Event } from "../../src/index.ts";
import type { Scope } from "../../src/failure.ts";
import type { HealthPolicy } from "../../src/health-policy.ts";
import type { TwinBreaker } from "./twin-breaker.ts";
import { newTwinBreaker, noteCommit, noteEnd, noteStart } from "./twin-breaker.ts";
import type { TwinRests } from "./twin-rest.ts";
import { restsAtAbandon, restsAtCommit, restsAtConfiguration } from "./twin-rest.ts";
import { restsAtEnd, restsAtStart } from "./twin-rest.ts";

type Identity = Readonly<Record<Scope, string>>;

/** Whether a provider may be asked, by the naive account. */
export type TwinState = "ready" | "cooling" | "probing" | "open" | "probed";

/** A second account of health, written apart from the first and in another manner. */
export type Twin = {
  note(event: Event): void;
  stateOf(provider: string, identity: Identity, at: number): TwinState;
  inFlight(provider: string): number;
};

type Known = { madeOf: string | null; inFlight: number; breaker: TwinBreaker };

/** A twin that has seen nothing. */
export function createTwin(): Twin {
  const rests: TwinRests = new Map();
  let known = new Map<string, Known>();
  let policy: HealthPolicy["breaker"] | null = null;

  function knownOf(name: string): Known {
    const found = known.get(name) ?? { madeOf: null, inFlight: 0, breaker: newTwinBreaker() };
    known.set(name, found);
    return found;
  }

  function configure(event: Extract<Event, { type: "configuration-applied" }>): void {
    const windowMs = policy?.windowMs;
    ({ breaker: policy } = event.policy);
    restsAtConfiguration(rests, event);
    const before = known;
    known = new Map([...before].filter(([, { inFlight }]) => inFlight > 0));
    for (const { name, identity } of event.providers) {
      const old = before.get(name);
      const madeOf = JSON.stringify(identity);
      const same = old !== undefined && (old.madeOf === null || old.madeOf === madeOf);
      const breaker = same ? old.breaker : newTwinBreaker();
      // What another span had gathered says nothing in this one.
      if (windowMs !== policy.windowMs) breaker.outcomes = [];
      known.set(name, { madeOf, inFlight: old?.inFlight ?? 0, breaker });
    }
  }

  return {
    note(event) {
      if (event.type === "configuration-applied") return configure(event);
      if (event.type === "attempt-abandoned") return restsAtAbandon(rests, event);
      if (!("attempt" in event) || policy === null) return;
      const one = knownOf(event.provider);
      const attempt = `${event.request} ${event.attempt}`;
      const former = one.madeOf !== null && one.madeOf !== JSON.stringify(event.identity);
      if (event.type === "attempt-start") {
        one.inFlight += 1;
        noteStart(one.breaker, attempt);
        restsAtStart(rests, event, attempt);
      } else if (event.type === "attempt-commit") {
        if (!former) noteCommit(one.breaker, attempt, policy);
        restsAtCommit(rests, event, attempt);
      } else {
        one.inFlight -= 1;
        // What it was made of before is no news of what it is.
        if (!former) noteEnd(one.breaker, event, attempt, policy);
        else if (one.breaker.open?.probe === attempt) one.breaker.open.probe = null;
        restsAtEnd(rests, event, attempt);
      }
    },
    stateOf(provider, identity, at) {
      const cooled = Object.values(identity).flatMap((key) => rests.get(key) ?? []);
      if (cooled.some(({ until }) => until > at)) return "cooling";
      if (cooled.some(({ probe }) => probe !== null)) return "probing";
      const { open } = knownOf(provider).breaker;
      if (open === null) return "ready";
      if (open.probe !== null) return "probed";
      return open.until <= at ? "ready" : "open";
    },
    inFlight: (provider) => known.get(provider)?.inFlight ?? 0,
  };
}
