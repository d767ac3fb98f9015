/** Where an entry's words come from. */
export type Source = "model" | "repaired" | "fallback";

/** An entry's words and where they come from. */
export type Draft = {
  readonly title: string;
  readonly content: string;
  readonly tags: readonly string[];
  readonly source: Source;
  /** Who wrote it; `null`: nobody but the family's own pattern. */
  readonly provider: string | null;
  readonly model: string | null;
  /** Calls made for it in all, those in vain included. */
  readonly attempts: number;
  /** Of the answer that was taken, as its provider counted them; `null`: not said. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** Of the answer that was taken, in US dollars; `null`: not known. */
  readonly cost: number | null;
  readonly promptVersion: string;
  /** What was done to it, such as `content_trimmed`. */
  readonly notes: readonly string[];
};

/** One entry of a diary. */
export type Entry = Draft & {
  /** The event's id: an event has one entry at most. */
  readonly id: string;
  readonly user: string;
  readonly day: string;
  /** When it happened; epoch milliseconds. */
  readonly at: number;
  readonly type: string;
  readonly event: string;
  readonly writtenAt: number;
};
