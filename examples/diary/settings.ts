import type { Rules } from "./decide/rules.ts";
import type { Limits } from "./text/limits.ts";
import type { MoodWords } from "./write/mood-words.ts";
import type { Profile } from "./profile.ts";
import type { Vocabulary } from "./write/vocabulary.ts";

/** How entries are got: durations in milliseconds. */
export type Writing = {
  readonly route: string;
  readonly deadlineMs: number;
  /** Entries asked for at the same time. */
  readonly concurrency: number;
  /** When no provider gives an entry: a fallback pattern now, or the entry itself later. */
  readonly whenAllFail: "fallback" | "queue";
  /** The shortest and the longest wait between two looks at whether a provider is back. */
  readonly queueRetryMs: readonly [number, number];
  /** After so long in the queue an entry is made of a fallback pattern after all. */
  readonly queueMs: number;
};

/** The whole of `config/diary.json`, checked. */
export type Settings = {
  readonly users: ReadonlyMap<string, Profile>;
  /** The profile of whoever is not among the users. */
  readonly anybody: Profile;
  readonly rules: Rules;
  readonly limits: Limits;
  readonly vocabulary: Vocabulary;
  readonly moodWords: MoodWords;
  readonly writing: Writing;
};
