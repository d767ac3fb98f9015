import { consequences } from "../../../src/failure.ts";
import type { Oracle } from "../story.ts";
import { about, all, byRequest, slackMs } from "../story.ts";

/** Attempts never overlap within a request, never exceed its cap, and each has its end. */
export const attemptsAreBounded: Oracle = (story) => {
  const open = new Map<string, number>();
  const broken: string[] = [];
  for (const event of story.events) {
    if (event.type === "attempt-start") {
      if (open.has(event.request)) broken.push(`${event.request}: two attempts at once`);
      open.set(event.request, event.attempt);
    }
    if (event.type === "attempt-end") {
      if (open.get(event.request) !== event.attempt) broken.push(`${event.request}: a stray end`);
      open.delete(event.request);
    }
  }
  const hits = story.lab.requests.length;
  const starts = all(story, "attempt-start").length;
  if (hits > starts) broken.push(`${hits} requests arrived for ${starts} attempts`);
  return [...broken, ...[...open.keys()].map((request) => `${request}: an attempt without end`)];
};

/** No request makes more attempts than its cap, its providers' tries and the kinds allow. */
export const capsHold: Oracle = ({ told }) =>
  told.flatMap((one) => {
    const { maxAttempts, entries } = one.pinned;
    const attempts = (one.answer ?? one.error)?.attempts ?? [];
    if (attempts.length > maxAttempts) return about(one, `${attempts.length} attempts`);
    return entries.flatMap(({ name, tries: cap }) => {
      const here = attempts.filter(({ provider }) => provider === name);
      if (here.length > cap) return about(one, `${here.length} tries at ${name}`);
      const kinds = here.flatMap(({ failure }) => (failure === null ? [] : [failure.kind]));
      const over = kinds.filter(
        (kind) =>
          kinds.filter((other) => other === kind).length > consequences[kind].furtherTries + 1,
      );
      return over.length === 0 ? [] : about(one, `${over.join(", ")} at ${name}`);
    });
  });

/** Repeats stay within the shares of the requests and the floor of the time. */
export const budgetHolds: Oracle = (story) => {
  let policy = all(story, "configuration-applied")[0]?.policy.budget;
  if (policy === undefined) return ["no policy was told"];
  const broken: string[] = [];
  let kept = 20 * Math.max(1, policy.perSecond);
  let at = story.events[0]?.at ?? 0;
  for (const event of story.events) {
    const most = 20 * Math.max(1, policy.perSecond);
    kept = Math.min(most, kept + ((event.at - at) / 1_000) * policy.perSecond);
    ({ at } = event);
    if (event.type === "configuration-applied") policy = event.policy.budget;
    if (event.type === "request-start") kept = Math.min(most, kept + policy.ratio);
    if (event.type !== "attempt-start" || !event.repeat) continue;
    kept -= 1;
    if (kept < -1e-6) broken.push(`${event.request}: a repeat beyond the budget`);
  }
  return broken;
};

/** A request's second attempt at a provider is called a repeat, and no first one is. */
export const repeatsAreTold: Oracle = (story) => {
  const asked = new Set<string>();
  return all(story, "attempt-start").flatMap(({ request, provider, repeat }) => {
    const pair = `${request} at ${provider}`;
    const before = asked.has(pair);
    asked.add(pair);
    return before === repeat ? [] : [`${pair}: told as ${repeat ? "a repeat" : "a first try"}`];
  });
};

/** No attempt outlives the limit it was given until it commits. */
export const limitsHold: Oracle = (story) => {
  const limits = new Map<string, number>();
  const committed = new Set<string>();
  return story.events.flatMap((event) => {
    if (!("attempt" in event)) return [];
    const id = `${event.request}#${event.attempt}`;
    if (event.type === "attempt-start") limits.set(id, event.limitMs);
    if (event.type === "attempt-commit") committed.add(id);
    const lasted =
      event.type === "attempt-commit"
        ? event.firstContentMs
        : event.type === "attempt-end" && !committed.has(id)
          ? event.durationMs
          : 0;
    return lasted <= (limits.get(id) ?? 0) + slackMs ? [] : [`${id}: took ${lasted} ms`];
  });
};

/** What a clock takes between two of its readings does not cut a timeout short. */
const hairBreadth = 0.98;

/** A timeout says that it was cut short exactly when it was shorter than the provider's own. */
export const shorteningIsTold: Oracle = (story) => {
  const told = byRequest(story);
  const limits = new Map<string, number>();
  return story.events.flatMap((event) => {
    if (!("attempt" in event)) return [];
    const id = `${event.request}#${event.attempt}`;
    if (event.type === "attempt-start") limits.set(id, event.limitMs);
    if (event.type !== "attempt-end" || event.failure?.kind !== "timeout") return [];
    const { phase, shortened = false } = event.failure;
    if (phase !== "first_content" && phase !== "total") return [];
    const entries = told.get(event.request)?.pinned.entries ?? [];
    const own = entries.find(({ name }) => name === event.provider)?.timeoutMs ?? NaN;
    const given = limits.get(id) ?? NaN;
    const wrong = shortened ? given >= own : given < own * hairBreadth;
    return wrong ? [`${id}: ${given} ms of ${own}, shortened: ${shortened}`] : [];
  });
};
