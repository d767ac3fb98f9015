import { LLMProviderError } from "../../../src/index.ts";
import { consequences } from "../../../src/failure.ts";
import type { Oracle } from "../story.ts";
import { about, all, slackMs } from "../story.ts";

/** An attempt begins before its request's deadline, and its times are true. */
export const timesAreTrue: Oracle = (story) => {
  const deadlines = new Map(
    all(story, "request-start").map(({ request, deadlineAt }) => [request, deadlineAt]),
  );
  const starts = new Map<string, number>();
  const broken: string[] = [];
  for (const event of story.events) {
    if (event.type === "attempt-start") {
      starts.set(`${event.request}#${event.attempt}`, event.at);
      if (event.at >= (deadlines.get(event.request) ?? 0)) broken.push(`${event.request}: late`);
    }
    if (event.type === "attempt-end") {
      const lasted = event.at - (starts.get(`${event.request}#${event.attempt}`) ?? NaN);
      if (lasted !== event.durationMs) broken.push(`${event.request}: ${event.durationMs} ms`);
    }
  }
  const early = story.told.flatMap((one) =>
    ((one.answer ?? one.error)?.attempts ?? []).flatMap(({ failure, firstContentMs }) =>
      failure?.phase === "first_content" && firstContentMs !== null
        ? about(one, "no first content, after content")
        : [],
    ),
  );
  return [...broken, ...early];
};

/** A request that failed did so for a reason that its attempts bear out. */
export const reasonsAreTrue: Oracle = (story) =>
  story.told.flatMap((one) => {
    const { error } = one;
    if (!(error instanceof LLMProviderError)) return [];
    const { kind } = error.failure;
    if (kind === "aborted") return one.cancelled ? [] : about(one, "aborted by nobody");
    if (kind === "deadline") {
      return one.endedAt - one.startedAt >= one.deadlineMs - slackMs - 2
        ? []
        : about(one, "deadline, too early");
    }
    if (kind === "unavailable") {
      return error.attempts.length === 0 ? [] : about(one, "unavailable after attempts");
    }
    if (error.attempts.length === 0) return about(one, `${kind} without an attempt`);
    const known = error.attempts.some(({ failure }) => failure?.kind === kind);
    return known && kind in consequences ? [] : about(one, `${kind} is no attempt's`);
  });
