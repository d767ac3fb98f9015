import type { Oracle } from "../story.ts";
import { byRequest } from "../story.ts";

/** No more attempts are in flight, or begin within a minute, than a provider's limits say. */
export const ownLimitsHold: Oracle = (story) => {
  const told = byRequest(story);
  const inFlight = new Map<string, number>();
  const starts = new Map<string, number[]>();
  return story.events.flatMap((event) => {
    if (event.type !== "attempt-start" && event.type !== "attempt-end") return [];
    const { provider, at } = event;
    const now = (inFlight.get(provider) ?? 0) + (event.type === "attempt-start" ? 1 : -1);
    inFlight.set(provider, now);
    if (event.type === "attempt-end") return [];
    const recent = [...(starts.get(provider) ?? []), at].filter((one) => one > at - 60_000);
    starts.set(provider, recent);
    const entries = told.get(event.request)?.pinned.entries ?? [];
    const limit = entries.find(({ name }) => name === provider)?.limit ?? null;
    if (limit === null) return [];
    return [
      ...(now <= limit.inFlight ? [] : [`${provider}: ${now} in flight of ${limit.inFlight}`]),
      ...(recent.length <= limit.aMinute
        ? []
        : [`${provider}: ${recent.length} a minute of ${limit.aMinute}`]),
    ];
  });
};
