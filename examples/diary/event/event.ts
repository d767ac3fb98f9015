/** Something that happened to a toy, checked. */
export type DiaryEvent = {
  /** The same event has the same id, however often it is told. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly user: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The user's own calendar day. */
  readonly day: string;
  /** What its agent is told, and nothing else. */
  readonly context: Readonly<Record<string, unknown>>;
};

/** An event as it comes from outside. */
export type EventInput = {
  readonly id?: unknown;
  readonly event?: unknown;
  readonly user?: unknown;
  /** Epoch milliseconds or ISO 8601 with its offset; left out: now. */
  readonly at?: unknown;
  readonly context?: unknown;
};
