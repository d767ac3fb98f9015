import type { Event } from "../event.ts";

/** Requests that wait for a place at a provider, in the order in which they came. */
export type Queues = ReadonlyMap<string, readonly string[]>;

type Wait = Extract<Event, { type: "request-wait" }>;

/** The queues after a request has begun to wait: one place for each, kept while it waits there. */
export function queuesAtWait(queues: Queues, event: Wait): Queues {
  const { request, provider } = event;
  if (event.for !== "limit") return withoutWaiting(queues, request);
  const queue = queues.get(provider) ?? [];
  if (queue.includes(request)) return queues;
  return new Map(withoutWaiting(queues, request)).set(provider, [...queue, request]);
}

/** The queues after a request goes on, to whomever, or ends. */
export function withoutWaiting(queues: Queues, request: string): Queues {
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

/** How many are before a request at a provider; who does not wait yet comes last. */
export function aheadOf(queues: Queues, provider: string, request: string): number {
  const queue = queues.get(provider);
  if (queue === undefined) return 0;
  const place = queue.indexOf(request);
  return place < 0 ? queue.length : place;
}
