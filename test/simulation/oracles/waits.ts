import { consequences } from "../../../src/failure.ts";
import type { Oracle } from "../story.ts";
import { about, byRequest } from "../story.ts";

/** No attempt enters a scope before the time a vendor stated for it is over. */
export const statedTimesHold: Oracle = ({ events }) => {
  let stated = new Map<string, number>();
  const broken: string[] = [];
  for (const event of events) {
    // Another configuration may make of it another account, key or model.
    if (event.type === "configuration-applied") stated = new Map();
    if (event.type === "attempt-start") {
      for (const key of Object.values(event.identity)) {
        if ((stated.get(key) ?? 0) > event.at) broken.push(`${event.request}: ${key} is cooling`);
      }
    }
    if (event.type !== "attempt-end" || event.failure?.retryAfterMs === undefined) continue;
    const scope = event.failure.scope ?? consequences[event.failure.kind].scope;
    if (scope === null) continue;
    const until = event.at + Math.min(event.failure.retryAfterMs, 86_400_000);
    const key = event.identity[scope];
    stated.set(key, Math.max(stated.get(key) ?? 0, until));
  }
  return broken;
};

/** Between two tries at a provider lies what it stated, else a backoff that doubles. */
export const waitsAreKept: Oracle = ({ told }) =>
  told.flatMap((one) => {
    const attempts = (one.answer ?? one.error)?.attempts ?? [];
    const names = new Set(attempts.map(({ provider }) => provider));
    return [...names].flatMap((name) => {
      const here = attempts.filter(({ provider }) => provider === name);
      return here.slice(1).flatMap((next, index) => {
        const before = here[index];
        const failure = before?.failure;
        if (before === undefined || failure === null || failure === undefined) return [];
        const leastMs = failure.retryAfterMs ?? Math.min(30_000, 1_000 * 2 ** index);
        const restedMs = next.startedAt - before.startedAt - before.durationMs;
        return restedMs >= leastMs ? [] : about(one, `${name} again after ${restedMs} ms`);
      });
    });
  });

/** No wait goes on beyond the request's deadline, and no two tries are a backoff too far apart. */
export const waitsEnd: Oracle = (story) => {
  const told = byRequest(story);
  return story.events.flatMap((event) => {
    if (event.type !== "request-wait") return [];
    const one = told.get(event.request);
    const latest = (one?.startedAt ?? 0) + (one?.deadlineMs ?? 0);
    return event.until <= latest ? [] : [`${event.request}: waits beyond its deadline`];
  });
};
