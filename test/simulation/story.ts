import type { Answer, Event, LLMProviderError } from "../../src/index.ts";
import type { LLMConfigManager } from "../../src/index.ts";
import type { MemoryLab } from "../../src/lab/index.ts";
import type { Entry } from "./configurations.ts";
import type { Narrow } from "./narrow.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What the configuration in force at a request's start allows it. */
export type Pinned = {
  readonly entries: readonly Entry[];
  readonly maxAttempts: number;
  readonly retry: string;
  /** What holds on the route it takes; `null`: it takes the usual one. */
  readonly narrow: Narrow | null;
  /** The latest event that had put a configuration in force, by its version. */
  readonly version: number;
};

/** When a request was made: amid the faults, while providers heal, or when they must be well. */
export type Phase = "safety" | "healing" | "healed";

/** One request as its caller saw it. */
export type Told = {
  readonly number: number;
  readonly phase: Phase;
  readonly startedAt: number;
  readonly deadlineMs: number;
  readonly stream: boolean;
  /** When its caller leaves, if it is not over by then; `null`: never. */
  readonly cancelAt: number | null;
  readonly pinned: Pinned;
  /** The text that reached a stream's reader, and when the latest delta did. */
  seen: string;
  seenAt: number;
  ends: number;
  /** Listeners left on the caller's signal. */
  listeners: number;
  endedAt: number;
  answer: Answer | null;
  error: LLMProviderError | null;
};

/** One reload: whether the file was a good one, and what became of it. */
export type Reloaded = { readonly good: boolean; error: unknown };

/** All that is known of one world when nothing more can happen in it. */
export type Story = {
  readonly seed: number;
  readonly told: readonly Told[];
  readonly events: readonly Event[];
  readonly reloads: readonly Reloaded[];
  readonly lab: MemoryLab;
  readonly clock: VirtualClock;
  readonly manager: LLMConfigManager;
  /** When a core of providers healed, and by when the first of them must be current again. */
  readonly healing: { healedAt: number; wellBy: number; currentAfterOne: string | null };
  /** The provider that is first once they have healed. */
  readonly first: string;
  /** Timers and exchanges that were left a moment after the last request had ended. */
  readonly left: { timers: number; exchanges: number };
  /** The longest a healthy answer of a provider takes; `null`: it may be unwell. */
  readonly steadyMs: (entry: Entry) => number | null;
  /** What a provider answers to a request's number when it is well. */
  readonly replyOf: (provider: string, number: number) => string;
};

/** What a promise found broken, a sentence each; empty when it held. */
export type Oracle = (story: Story) => readonly string[];

/** Past its deadline a request may only take what a tick takes. */
export const slackMs = 5;

/** The events of one type. */
export type Of<T extends Event["type"]> = Extract<Event, { type: T }>;

/** Every event of a type in its order. */
export function all<T extends Event["type"]>({ events }: Story, type: T): readonly Of<T>[] {
  return events.filter((event): event is Of<T> => event.type === type);
}

/** A sentence about one request. */
export function about(one: Told, what: string): readonly string[] {
  return [`request number ${one.number}: ${what}`];
}

/** The requests as their callers saw them, by the name the events give them. */
export function byRequest(story: Story): ReadonlyMap<string, Told> {
  const starts = all(story, "request-start");
  return new Map(starts.flatMap(({ request }, index) => pairOf(request, story.told[index])));
}

function pairOf(request: string, one: Told | undefined): readonly (readonly [string, Told])[] {
  return one === undefined ? [] : [[request, one]];
}
