import type { FailureKind } from "../index.ts";

/** One call of a provider; times in milliseconds from the story's beginning. */
export type Call = {
  readonly provider: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Another call of a provider that the same request had asked before. */
  readonly repeat: boolean;
  /** `null`: it gave the answer. */
  readonly failure: FailureKind | null;
};

/** One request as its caller saw it. */
export type Told = {
  readonly startMs: number;
  readonly endMs: number;
  readonly stream: boolean;
  readonly calls: number;
  /** Who answered; `null`: nobody. */
  readonly provider: string | null;
  /** Of a stream: from its beginning to its first content; `null`: there was none. */
  readonly firstContentMs: number | null;
  readonly failure: FailureKind | null;
};

/** A time in which a provider was left alone. */
export type Absence = {
  readonly provider: string;
  readonly leftMs: number;
  /** The failure after which it was left. */
  readonly because: FailureKind;
  /** When it first gave an answer again; `null`: it did not. */
  readonly returnedMs: number | null;
  /** Calls made meanwhile to find out, that failed. */
  readonly probes: number;
};

/** What the configuration says of a provider, as far as the story is judged by it. */
export type Settings = {
  readonly timeoutSeconds: number;
  /** Whether it is enabled and has a key. */
  readonly usable: boolean;
};

/** What calls and requests came to. */
export type Happenings = {
  readonly calls: readonly Call[];
  readonly requests: readonly Told[];
  readonly absences: readonly Absence[];
};

/** All that happened, and to whom. */
export type Story = Happenings & { readonly providers: Readonly<Record<string, Settings>> };
