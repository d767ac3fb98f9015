import type { Entry } from "../request/enter.ts";
import { enter } from "../request/enter.ts";
import type { Explanation } from "../request/explain.ts";
import { explain } from "../request/explain.ts";
import type { Health } from "../resilience/health.ts";
import { emptyHealth, learn } from "../resilience/health.ts";
import type { Provider, Snapshot } from "../snapshot.ts";

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

/** Attempts times the providers each chooses among: a second or two of rehearsing. */
const mostEffort = 500_000;

/** The worst case of every route, for a short prompt and before anything was learnt. Pure. */
export function worstCases(snapshot: Snapshot): readonly InspectedRoute[] {
  const health = healthAtStart(snapshot);
  let effort = 0;
  return Object.values(snapshot.routes).map(({ name }) => {
    const entry = enter(request, { route: name }, snapshot);
    const { providers, policy } = entry;
    const orders = ordersOf(entry);
    effort += orders.length * policy.maxAttempts * providers.length;
    return {
      name,
      providers: providers.map((provider) => provider.name),
      deadlineMs: policy.deadlineMs,
      worst: effort > mostEffort ? boundOf(entry) : worstCase(orders, health),
    };
  });
}

type Worst = Explanation["worst"];

function healthAtStart({ hash, warnings, health: policy, providers }: Snapshot): Health {
  const identities = providers.map(({ name, identity }) => ({ name, identity }));
  const about = { at: 0, version: 1, hash, warnings, changes: [], fresh: false, policy };
  return learn(emptyHealth, { type: "configuration-applied", ...about, providers: identities });
}

function worstCase(orders: readonly Entry[], health: Health): Worst {
  const all = orders.flatMap((entry) =>
    [false, true].map((stream) => explain(entry, entry.asked, health, { now: 0, stream }).worst),
  );
  const costs = all.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  return {
    durationMs: Math.max(...all.map(({ durationMs }) => durationMs)),
    attempts: Math.max(...all.map(({ attempts }) => attempts)),
    cost: costs.length === all.length ? Math.max(...costs) : null,
  };
}

// Who turns out to be fastest nobody knows beforehand: the slowest, the most patient or the
// dearest may come first, and the policy may let nobody stand in for it.
function ordersOf(entry: Entry): readonly Entry[] {
  const { policy, providers } = entry;
  if (policy.prefer !== "fastest") return [entry];
  const measures: readonly ((provider: Provider) => number)[] = [
    ({ timeouts }) => Math.max(timeouts.wholeMs, timeouts.totalMs),
    ({ timeouts, retryAttempts }) => timeouts.wholeMs * retryAttempts,
    ({ retryAttempts }) => retryAttempts,
    ({ pricing, maxTokens }) => (pricing?.output ?? 0) * (maxTokens ?? Infinity),
  ];
  const orders = measures.map((measure) => providers.toSorted((a, b) => measure(b) - measure(a)));
  const fixed = { ...policy, prefer: "order" } as const;
  return [entry, ...orders.map((order) => ({ ...entry, providers: order, policy: fixed }))];
}

// More than this the policy does not allow, and nobody waits for a rehearsal of thousands.
function boundOf({ policy }: Entry): Worst {
  return { durationMs: policy.deadlineMs, attempts: policy.maxAttempts, cost: null };
}
