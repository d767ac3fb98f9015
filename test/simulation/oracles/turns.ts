import { consequences } from "../../../src/failure.ts";
import type { Event } from "../../../src/index.ts";
import type { Of, Oracle, Story, Told } from "../story.ts";
import { byRequest, slackMs } from "../story.ts";
import type { Twin, TwinState } from "../twin.ts";
import { createTwin } from "../twin.ts";

type Identity = Of<"attempt-start">["identity"];

/** How one request has come along, as far as events tell. */
type Course = {
  readonly one: Told;
  readonly identities: ReadonlyMap<string, Identity>;
  readonly tried: Set<string>;
  attempts: number;
  /** A refused request may not go to everybody: a twin would refuse it too. */
  narrowed: boolean;
  committed: boolean;
  /** Who could be asked at each of its events so far. */
  steady: readonly string[];
};

type Judge = (event: Event, course: Course, twin: Twin) => string | null;

/** Tells a judge of every event, with the twin's knowledge and the request's course before it. */
function judged(story: Story, judge: Judge): readonly string[] {
  const told = byRequest(story);
  const twin = createTwin();
  const courses = new Map<string, Course>();
  let identities: ReadonlyMap<string, Identity> = new Map();
  const broken: string[] = [];
  for (const event of story.events) {
    if (event.type === "configuration-applied") {
      identities = new Map(event.providers.map(({ name, identity }) => [name, identity]));
    }
    if ("request" in event && event.request !== null) {
      const one = told.get(event.request);
      if (event.type === "request-start" && one !== undefined) {
        const state = { attempts: 0, narrowed: false, committed: false };
        const steady = one.pinned.entries.map(({ name }) => name);
        courses.set(event.request, { one, identities, tried: new Set(), ...state, steady });
      }
      const course = courses.get(event.request);
      if (course !== undefined) {
        const ready = readyOnes(course, twin, event.at);
        course.steady = course.steady.filter((name) => ready.includes(name));
      }
      const found = course === undefined ? "nobody asked" : judge(event, course, twin);
      if (found !== null) broken.push(`${event.request}: ${found}`);
      if (course !== undefined) follow(course, event);
    }
    twin.note(event);
  }
  return broken;
}

function follow(course: Course, event: Event): void {
  if (event.type === "attempt-start") {
    course.tried.add(event.provider);
    course.attempts += 1;
  }
  if (event.type === "attempt-commit") course.committed = true;
  if (event.type !== "attempt-end" || event.failure === null) return;
  if (consequences[event.failure.kind].elsewhere !== "yes") course.narrowed = true;
}

function stateAt({ identities }: Course, twin: Twin, name: string, at: number): TwinState {
  const identity = identities.get(name);
  return identity === undefined ? "ready" : twin.stateOf(name, identity, at);
}

// Whether it may not go to whomever it likes.
function isNarrow({ one }: Course): boolean {
  return one.pinned.narrow !== null;
}

// Who has limits of its own may be full: nothing is claimed of it.
function readyOnes(
  course: Course,
  twin: Twin,
  at: number,
  wanted: readonly TwinState[] = ["ready"],
): readonly string[] {
  const { entries } = course.one.pinned;
  const names = entries.filter(({ limit }) => limit === null).map(({ name }) => name);
  return names.filter((name) => wanted.includes(stateAt(course, twin, name, at)));
}

/** No attempt goes to a cooled scope before its time, nor to one somebody is trying out. */
export const nobodyCooledIsAsked: Oracle = (story) =>
  judged(story, (event, _course, twin) => {
    if (event.type !== "attempt-start") return null;
    const state = twin.stateOf(event.provider, event.identity, event.at);
    return state === "cooling" || state === "probing" ? `${event.provider} is ${state}` : null;
  });

/** An open breaker sees one probe at a time, and an early one only when nobody else was left. */
export const breakersHold: Oracle = (story) =>
  judged(story, (event, course, twin) => {
    if (event.type !== "attempt-start") return null;
    const { provider, at } = event;
    const state = twin.stateOf(provider, event.identity, at);
    if (state === "probed") return `a second probe at ${provider}`;
    if (state !== "open" || course.narrowed || isNarrow(course)) return null;
    const left = readyOnes(course, twin, at).filter((name) => !course.tried.has(name));
    return left.length === 0 ? null : `early at ${provider}, before ${left.join(", ")}`;
  });

/** A request's first attempt goes to the first provider that may be asked: no other's fault counts. */
export const nobodyIsPassedOver: Oracle = (story) =>
  judged(story, (event, course, twin) => {
    if (event.type !== "attempt-start" || course.attempts > 0) return null;
    if (course.one.pinned.narrow?.prefer === "fastest") return null;
    const [first] = readyOnes(course, twin, event.at);
    const names = course.one.pinned.entries.map(({ name }) => name);
    if (first === undefined || names.indexOf(event.provider) <= names.indexOf(first)) return null;
    return `${event.provider} was asked, though ${first} was well`;
  });

/** No request gives up while somebody could be asked whom it has not asked. */
export const nobodyIsForgotten: Oracle = (story) =>
  judged(story, (event, course, twin) => {
    if (event.type !== "request-end" || event.failure === null) return null;
    const { kind } = event.failure;
    if (isNarrow(course) || course.narrowed || course.committed) return null;
    if (kind === "aborted" || kind === "deadline") return null;
    if (course.attempts >= course.one.pinned.maxAttempts) return null;
    // An open breaker's early probe is the last resort.
    const left = readyOnes(course, twin, event.at, ["ready", "open"]).filter(
      (name) => !course.tried.has(name),
    );
    return left.length === 0 ? null : `gave up (${kind}), though ${left.join(", ")} was well`;
  });

/** A first attempt leaves the others that are well the shares of time that are kept for them. */
export const timeIsShared: Oracle = (story) =>
  judged(story, (event, course, twin) => {
    if (event.type !== "attempt-start" || course.attempts > 0 || isNarrow(course)) return null;
    const { entries } = course.one.pinned;
    const leftMs = course.one.startedAt + course.one.deadlineMs - event.at;
    const shareMs = course.one.deadlineMs / entries.length;
    const ready = readyOnes(course, twin, event.at).filter((name) => name !== event.provider);
    const slow = entries.filter((one) => ready.includes(one.name) && one.timeoutMs >= shareMs);
    const fairMs = Math.max(leftMs - slow.length * shareMs, leftMs / (slow.length + 1));
    return event.limitMs <= fairMs + slackMs ? null : `${event.limitMs} ms of ${fairMs}`;
  });

/** Where the policy says so, nobody is asked again before all who were well had their turn. */
export const turnsAreTaken: Oracle = (story) =>
  judged(story, (event, course) => {
    if (event.type !== "attempt-start" || !event.repeat || course.narrowed) return null;
    if (course.one.pinned.retry === "same_first" || isNarrow(course)) return null;
    const left = course.steady.filter((name) => !course.tried.has(name));
    return left.length === 0 ? null : `${event.provider} again, before ${left.join(", ")}`;
  });

/** Where a failure may not lead on, nobody is gone past who rests because of one. */
export const restsAreNotPassed: Oracle = (story) =>
  judged(story, (event, course, twin) => {
    if (event.type !== "attempt-start" || course.attempts > 0) return null;
    const { narrow, entries } = course.one.pinned;
    if (narrow === null || narrow.onFailure || narrow.prefer === "fastest") return null;
    const names = entries.map(({ name }) => name);
    // No timeout makes a scope rest: that is the breaker's part.
    const resting = names
      .slice(0, names.indexOf(event.provider))
      .filter((name) => stateAt(course, twin, name, event.at) === "cooling");
    return resting.length === 0 ? null : `went past ${resting.join(", ")} to ${event.provider}`;
  });

/** A request asks only what its configuration had when it began, with that one's keys. */
export const configurationsArePinned: Oracle = (story) =>
  judged(story, (event, course) => {
    if (event.type !== "attempt-start") return null;
    const pinned = course.identities.get(event.provider);
    const same = JSON.stringify(pinned) === JSON.stringify(event.identity);
    return same ? null : `${event.provider} is not what it was`;
  });

/** What the manager says of its providers at the end is what the events say. */
export const statusAgrees: Oracle = ({ events, manager, clock, told }) => {
  const twin = createTwin();
  for (const event of events) twin.note(event);
  const applied = events.findLast((event) => event.type === "configuration-applied");
  const { providers } = manager.getProviderStatus();
  const limited = new Set(
    told.flatMap(({ pinned }) => pinned.entries.flatMap((one) => (one.limit ? one.name : []))),
  );
  return (applied?.providers ?? []).flatMap(({ name, identity }) => {
    const state = twin.stateOf(name, identity, clock.now());
    const live = providers[name];
    const usable = limited.has(name) || live?.usable === (state === "ready");
    const same = usable && live?.inFlight === twin.inFlight(name);
    return same ? [] : [`${name} is ${state}, and is told as ${live?.reason ?? "usable"}`];
  });
};
