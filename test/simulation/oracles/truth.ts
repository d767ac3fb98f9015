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
    if (kind === "aborted") return one.cancelAt !== null ? [] : about(one, "aborted by nobody");
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

/** What refused a request is not asked again under another name. */
export const refusalsAreBelieved: Oracle = ({ told }) =>
  told.flatMap((one) => {
    const attempts = (one.answer ?? one.error)?.attempts ?? [];
    const sameAs = (provider: string) => {
      const entry = one.pinned.entries.find(({ name }) => name === provider);
      return `${entry?.backend.vendor} ${String(entry?.settings["model_name"])}`;
    };
    const refused = new Set<string>();
    return attempts.flatMap(({ provider, failure }) => {
      const again = refused.has(sameAs(provider));
      if (failure?.kind === "bad_request") refused.add(sameAs(provider));
      return again ? about(one, `${provider} was asked what its twin had refused`) : [];
    });
  });

/** Whoever meant to try again does, or says that it leaves. */
export const intentionsAreClosed: Oracle = ({ events }) => {
  const meant = new Set<string>();
  const broken: string[] = [];
  for (const event of events) {
    if (event.type === "attempt-end" && event.retryAt !== null) {
      meant.add(`${event.request} at ${event.provider}`);
    }
    if (event.type === "attempt-start" || event.type === "attempt-abandoned") {
      meant.delete(`${event.request} at ${event.provider}`);
    }
    if (event.type !== "request-end") continue;
    const open = [...meant].filter((one) => one.startsWith(`${event.request} at `));
    broken.push(...open.map((one) => `${one}: left without a word`));
  }
  return broken;
};
