import { narrowRoute } from "../narrow.ts";
import type { Oracle } from "../story.ts";
import { about, byRequest } from "../story.ts";

/** No request goes on to another provider more often than it may, or for what it may not. */
export const switchesHold: Oracle = ({ told }) =>
  told.flatMap((one) => {
    const { narrow, entries } = one.pinned;
    if (narrow === null) return [];
    const attempts = (one.answer ?? one.error)?.attempts ?? [];
    const changes = attempts
      .slice(1)
      .flatMap(({ provider }, index) =>
        provider === attempts[index]?.provider ? [] : [attempts[index]?.failure?.kind],
      );
    // Whoever is gone past before the first attempt counts, too.
    const place = entries.findIndex(({ name }) => name === attempts[0]?.provider);
    const passed = narrow.prefer === "order" ? Math.max(0, place) : 0;
    const most = narrow.maxSwitches ?? Infinity;
    const isFixed = !narrow.onFailure && !narrow.onTimeout;
    return [
      ...(changes.length + passed <= most
        ? []
        : about(one, `${passed} gone past and ${changes.length} switches of ${most}`)),
      ...(isFixed && passed > 0 ? about(one, `went past ${passed}, and may never switch`) : []),
      ...changes.flatMap((kind) => {
        const allowed = kind === "timeout" ? narrow.onTimeout : narrow.onFailure;
        return allowed ? [] : about(one, `went on to another provider after ${kind}`);
      }),
    ];
  });

/** No more attempts are in flight on a route, or begin there within a minute, than its limit says. */
export const routeLimitsHold: Oracle = (story) => {
  const told = byRequest(story);
  let inFlight = 0;
  let starts: readonly number[] = [];
  return story.events.flatMap((event) => {
    if (event.type !== "attempt-start" && event.type !== "attempt-end") return [];
    if (event.route !== narrowRoute) return [];
    inFlight += event.type === "attempt-start" ? 1 : -1;
    if (event.type === "attempt-end") return [];
    starts = [...starts, event.at].filter((at) => at > event.at - 59_999);
    const limit = told.get(event.request)?.pinned.narrow?.limit ?? null;
    if (limit === null) return [];
    return [
      ...(inFlight <= limit.inFlight ? [] : [`${inFlight} in flight of ${limit.inFlight}`]),
      ...(starts.length <= limit.aMinute ? [] : [`${starts.length} a minute of ${limit.aMinute}`]),
    ];
  });
};
