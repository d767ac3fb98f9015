import type { Event } from "../event.ts";

/** Requests that wait at a provider, or at a route, by its name; in the order they came. */
export type Queues = ReadonlyMap<string, readonly string[]>;

type AllQueues = { readonly queues: Queues; readonly routeQueues: Queues };
type Wait = Extract<Event, { type: "request-wait" }>;

/** The queues after a request has begun to wait: at a provider, at its route, or in none. */
export function allAtWait(all: AllQueues, event: Wait): AllQueues {
  const { queues, routeQueues } = all;
  const { request, provider, route } = event;
  if (event.for === "limit") {
    return {
      queues: waitingAt(queues, provider, request),
      routeQueues: withoutWaiting(routeQueues, request),
    };
  }
  if (event.for !== "route") return allWithout(all, request);
  return {
    queues: withoutWaiting(queues, request),
    routeQueues: waitingAt(routeQueues, route, request),
  };
}

// One place for each request, kept while it waits there.
function waitingAt(queues: Queues, where: string, request: string): Queues {
  const queue = queues.get(where) ?? [];
  if (queue.includes(request)) return queues;
  return new Map(withoutWaiting(queues, request)).set(where, [...queue, request]);
}

function withoutWaiting(queues: Queues, request: string): Queues {
  if (queues.size === 0) return queues;
  let next: Map<string, readonly string[]> | null = null;
  for (const [provider, queue] of queues) {
    if (!queue.includes(request)) continue;
    next ??= new Map(queues);
    const rest = queue.filter((other) => other !== request);
    if (rest.length === 0) next.delete(provider);
    else next.set(provider, rest);
  }
  return next ?? queues;
}

/** Both kinds of queues after a request goes on, to whomever, or ends. */
export function allWithout(all: AllQueues, request: string): AllQueues {
  return {
    queues: withoutWaiting(all.queues, request),
    routeQueues: withoutWaiting(all.routeQueues, request),
  };
}

/** How many are before a request there; who does not wait yet comes last. */
export function aheadOf(queues: Queues, where: string, request: string): number {
  const queue = queues.get(where);
  if (queue === undefined) return 0;
  const place = queue.indexOf(request);
  return place < 0 ? queue.length : place;
}
