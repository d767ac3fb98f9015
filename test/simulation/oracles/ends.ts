import type { Oracle } from "../story.ts";
import { about, all, slackMs } from "../story.ts";

/** Every request ends exactly once, for its caller and in the events. */
export const endsOnce: Oracle = (story) => {
  const ends = new Map<string, number>();
  for (const { request } of all(story, "request-end")) {
    ends.set(request, (ends.get(request) ?? 0) + 1);
  }
  const starts = all(story, "request-start").map(({ request }) => request);
  return [
    ...story.told.flatMap((one) => (one.ends === 1 ? [] : about(one, `ended ${one.ends} times`))),
    ...starts.flatMap((id) => (ends.get(id) === 1 ? [] : [`${id} has ${ends.get(id)} ends`])),
    ...(starts.length === story.told.length ? [] : [`${starts.length} of ${story.told.length}`]),
  ];
};

/** By its deadline; a stream by then has committed, and ends by its own timers. */
export const endsInTime: Oracle = (story) =>
  story.told.flatMap((one) => {
    const late = one.endedAt - one.startedAt - one.deadlineMs - slackMs;
    const committed = one.stream && (one.answer !== null || one.error?.committed === true);
    if (late <= 0) return [];
    if (!committed) return about(one, `ended ${late} ms late`);
    const last = (one.answer ?? one.error)?.attempts.at(-1);
    const first = (last?.startedAt ?? 0) + (last?.firstContentMs ?? Infinity) - one.startedAt;
    return first > one.deadlineMs + slackMs ? about(one, `committed late, after ${first} ms`) : [];
  });

/** A committed stream ends with its own timers: it never goes on after its provider fell silent. */
export const streamsDoNotHang: Oracle = ({ told }) =>
  told.flatMap((one) => {
    if (!one.stream || one.seenAt === 0) return [];
    const longestMs = Math.max(...one.pinned.entries.map(({ timeoutMs }) => timeoutMs));
    const silentMs = one.endedAt - one.seenAt;
    return silentMs > longestMs + slackMs ? about(one, `was silent for ${silentMs} ms`) : [];
  });

/** A caller who leaves is let go at once. */
export const leavingIsHeard: Oracle = ({ told }) =>
  told.flatMap((one) => {
    const lateMs = one.endedAt - (one.cancelAt ?? Infinity);
    return lateMs > slackMs ? about(one, `went on for ${lateMs} ms without its caller`) : [];
  });
