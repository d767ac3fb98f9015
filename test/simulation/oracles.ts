import { consequences } from "../../src/failure.ts";
import type { Event } from "../../src/index.ts";
import { LLMProviderError } from "../../src/index.ts";
import type { Health, ProviderHealth } from "../../src/resilience/health.ts";
import { emptyHealth, learn, providerHealth } from "../../src/resilience/health.ts";
import type { Story, Told } from "./world.ts";

/** What a promise found broken, a sentence each; empty when it held. */
export type Oracle = (story: Story) => readonly string[];

/** Past its deadline a request may only take what a tick takes. */
const slackMs = 5;

type Of<T extends Event["type"]> = Extract<Event, { type: T }>;

function all<T extends Event["type"]>({ events }: Story, type: T): readonly Of<T>[] {
  return events.filter((event): event is Of<T> => event.type === type);
}

const about = (one: Told, what: string) => [`request number ${one.number}: ${what}`];

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

/** An answer reported complete is one provider's text, whole; a stream's reader saw just that. */
export const answersAreWhole: Oracle = (story) =>
  story.told.flatMap((one) => {
    const { answer, error, seen, stream } = one;
    if (answer === null) {
      if (!(error instanceof LLMProviderError)) return about(one, `failed with ${String(error)}`);
      const { partial: had } = error;
      if (error.committed !== (had !== null)) return about(one, "committed without a partial");
      if (had !== null && had.text + had.reasoning + had.refusal === "") {
        return about(one, "committed before there was content");
      }
      const partial = had?.text ?? "";
      const told = stream && error.kind !== "aborted" && seen !== partial;
      return told ? about(one, `saw ${seen} and was told ${partial}`) : [];
    }
    const whole = story.replyOf(answer.provider, one.number);
    const cut = answer.finishReason === "length" && whole.startsWith(answer.text);
    if (answer.text !== whole && !cut) return about(one, `was told ${answer.text}`);
    return stream && seen !== answer.text ? about(one, `saw ${seen}`) : [];
  });

/** What a broken stream's reader saw is the beginning of one provider's text. */
export const nothingIsSpliced: Oracle = (story) =>
  story.told.flatMap((one) => {
    if (one.error === null || one.seen === "") return [];
    const provider = one.error.provider ?? "";
    const whole = story.replyOf(provider, one.number);
    return whole.startsWith(one.seen) ? [] : about(one, `saw ${one.seen}`);
  });

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
export const capsHold: Oracle = ({ told, maxAttempts, retryAttempts }) =>
  told.flatMap((one) => {
    const attempts = (one.answer ?? one.error)?.attempts ?? [];
    if (attempts.length > maxAttempts) return about(one, `${attempts.length} attempts`);
    return Object.entries(retryAttempts).flatMap(([name, cap]) => {
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

/** No attempt enters a scope before the time a vendor stated for it is over. */
export const statedTimesHold: Oracle = ({ events }) => {
  const stated = new Map<string, number>();
  const broken: string[] = [];
  for (const event of events) {
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

/** No attempt enters a cooled scope before its time. */
export const coolDownsHold: Oracle = (story) => {
  let health = emptyHealth;
  const broken: string[] = [];
  for (const event of story.events) {
    if (event.type === "attempt-start") {
      for (const key of Object.values(event.identity)) {
        const until = health.coolDowns.get(key)?.until ?? 0;
        if (until > event.at) broken.push(`${event.request} at ${event.provider}: cooled (${key})`);
      }
    }
    health = learn(health, event);
  }
  return broken;
};

/** An open breaker sees one probe at a time, and an early one only when nobody else was left. */
export const breakersHold: Oracle = ({ events }) => {
  let health = emptyHealth;
  const broken: string[] = [];
  const asked = new Map<string, Set<string>>();
  // A refused request may not go to everybody: a twin would refuse it too.
  const narrowed = new Set<string>();
  for (const event of events) {
    if (event.type === "attempt-start") {
      const { breaker } = providerHealth(health, event.provider);
      const at = `${event.request} at ${event.provider}`;
      const tried = asked.get(event.request) ?? new Set();
      if (breaker.state === "open") {
        if (breaker.probe !== null) broken.push(`${at}: a second probe`);
        const others = [...health.providers].filter(([name]) => name !== event.provider);
        const left = others.filter(
          ([name, one]) =>
            one.breaker.state === "closed" && !tried.has(name) && !cools(health, one),
        );
        const free = !narrowed.has(event.request) && left.length > 0;
        if (breaker.until > event.at && free) broken.push(`${at}: early`);
      }
      asked.set(event.request, tried.add(event.provider));
    }
    if (event.type === "attempt-end" && event.failure !== null) {
      const { elsewhere } = consequences[event.failure.kind];
      if (elsewhere !== "yes") narrowed.add(event.request);
    }
    health = learn(health, event);
  }
  return broken;
};

function cools(health: Health, { madeOf }: ProviderHealth): boolean {
  return (madeOf ?? "").split("\n").some((key) => health.coolDowns.has(key));
}

/** Repeats stay within the shares of the requests and the floor of the time. */
export const budgetHolds: Oracle = (story) => {
  const policy = all(story, "configuration-applied")[0]?.policy.budget;
  const started = story.events[0]?.at ?? 0;
  if (policy === undefined) return ["no policy was told"];
  const broken: string[] = [];
  let requests = 0;
  let repeats = 0;
  for (const event of story.events) {
    if (event.type === "request-start") requests += 1;
    if (event.type !== "attempt-start" || !event.repeat) continue;
    repeats += 1;
    const floor = ((event.at - started) / 1_000) * policy.perSecond;
    const most = 20 * Math.max(1, policy.perSecond) + requests * policy.ratio + floor;
    if (repeats > most + 1e-6) broken.push(`${event.request}: repeat ${repeats} of ${most}`);
  }
  return broken;
};

/** Nothing outlives its request: no exchange, no timer, nothing in flight, no probe held. */
export const nothingIsLeft: Oracle = ({ left, manager, events }) => {
  const status = Object.entries(manager.getProviderStatus().providers);
  const health = events.reduce(learn, emptyHealth);
  return [
    ...(left.exchanges === 0 ? [] : [`${left.exchanges} exchanges are open`]),
    ...(left.timers === 0 ? [] : [`${left.timers} timers are set`]),
    ...status.flatMap(([name, { inFlight }]) => (inFlight === 0 ? [] : [`${name}: in flight`])),
    ...[...health.coolDowns].flatMap(([key, { probe }]) =>
      probe === null ? [] : [`${key}: held`],
    ),
  ];
};

/** Health replayed from the recorded events is the live health. */
export const replayEqualsLive: Oracle = ({ manager, events, clock }) => {
  const { providers } = manager.getProviderStatus();
  const health = events.reduce(learn, emptyHealth);
  return Object.entries(providers).flatMap(([name, live]) => {
    const replayed = health.providers.get(name);
    const same =
      (replayed?.attempts ?? 0) === live.attempts &&
      (replayed?.answers ?? 0) === live.answers &&
      (replayed?.failures ?? 0) === live.failures &&
      (replayed?.lastFailure?.at ?? null) === (live.lastFailure?.at ?? null);
    return same ? [] : [`${name} at ${clock.now()}: replay differs`];
  });
};

/** A request that failed did so for a reason that its attempts bear out. */
export const reasonsAreTrue: Oracle = (story) =>
  story.told.flatMap((one) => {
    const { error } = one;
    if (!(error instanceof LLMProviderError)) return [];
    const { kind } = error.failure;
    if (kind === "aborted") return one.cancelled ? [] : about(one, "aborted by nobody");
    if (kind === "deadline") {
      return one.endedAt - one.startedAt >= one.deadlineMs ? [] : about(one, "deadline, too early");
    }
    if (kind === "unavailable") {
      return error.attempts.length === 0 ? [] : about(one, "unavailable after attempts");
    }
    if (error.attempts.length === 0) return about(one, `${kind} without an attempt`);
    const known = error.attempts.some(({ failure }) => failure?.kind === kind);
    return known && kind in consequences ? [] : about(one, `${kind} is no attempt's`);
  });

/** Every promise, by its name. */
export const oracles: Readonly<Record<string, Oracle>> = {
  endsOnce,
  endsInTime,
  answersAreWhole,
  nothingIsSpliced,
  attemptsAreBounded,
  capsHold,
  timesAreTrue,
  statedTimesHold,
  coolDownsHold,
  breakersHold,
  budgetHolds,
  nothingIsLeft,
  replayEqualsLive,
  reasonsAreTrue,
};
