import { enter } from "../request/enter.ts";
import type { Explanation } from "../request/explain.ts";
import { explain } from "../request/explain.ts";
import { emptyHealth, learn } from "../resilience/health.ts";
import type { Snapshot } from "../snapshot.ts";

/** A route, and what a request on it comes to when every attempt fails. */
export type InspectedRoute = {
  readonly name: string;
  /** Those that can be used, in the order in which they have their turn. */
  readonly providers: readonly string[];
  /** Of the whole request, in milliseconds. */
  readonly deadlineMs: number;
  /** At most so long, so many calls and so much, whether the answer is streamed or not. */
  readonly worst: Explanation["worst"];
};

const request = { messages: [{ role: "user", content: "Hello" }] } as const;

/** The worst case of every route, for a short prompt and before anything was learnt. Pure. */
export function worstCases(snapshot: Snapshot): readonly InspectedRoute[] {
  const { hash, warnings, health: policy } = snapshot;
  const providers = snapshot.providers.map(({ name, identity }) => ({ name, identity }));
  const about = { at: 0, version: 1, hash, warnings, changes: [], providers, fresh: false };
  const health = learn(emptyHealth, { type: "configuration-applied", ...about, policy });
  return Object.values(snapshot.routes).map((route) => {
    const entry = enter(request, { route: route.name }, snapshot);
    const worst = (stream: boolean): Worst =>
      explain(entry, route.providers, health, { now: 0, stream }).worst;
    return {
      name: route.name,
      providers: entry.providers.map(({ name }) => name),
      deadlineMs: entry.policy.deadlineMs,
      worst: worseOf(worst(false), worst(true)),
    };
  });
}

type Worst = Explanation["worst"];

function worseOf(one: Worst, other: Worst): Worst {
  const costs = [one.cost, other.cost].filter((cost) => cost !== null);
  return {
    durationMs: Math.max(one.durationMs, other.durationMs),
    attempts: Math.max(one.attempts, other.attempts),
    cost: costs.length === 2 ? Math.max(...costs) : null,
  };
}
