import type { AttemptReport, Content } from "./chat/answer.ts";
import type { Failure } from "./failure.ts";

/** A request that ended without a complete answer: why, and what every attempt came to. */
export class LLMProviderError extends Error {
  override readonly name = "LLMProviderError";
  /** The last attempt's failure, or `unavailable` or `deadline` when the loop stopped for that. */
  readonly failure: Failure;
  readonly attempts: readonly AttemptReport[];
  /** The provider of the last attempt; `null` when nobody was asked. */
  readonly provider: string | null;
  /** Whether content had reached the caller: then no other provider was asked. */
  readonly committed: boolean;
  /**
   * What had reached the caller before the failure, or the latest answer that was not the object
   * asked for; `null`: there is none. Not an answer.
   */
  readonly partial: Content | null;

  constructor(
    failure: Failure,
    details: {
      readonly attempts?: readonly AttemptReport[];
      readonly partial?: Content | null;
      /** Left out: whether there is a `partial`. */
      readonly committed?: boolean;
      readonly cause?: unknown;
    } = {},
  ) {
    const attempts = details.attempts ?? [];
    super(wording(failure, attempts), "cause" in details ? { cause: details.cause } : undefined);
    this.failure = failure;
    this.attempts = attempts;
    this.provider = attempts.at(-1)?.provider ?? null;
    this.partial = details.partial ?? null;
    this.committed = details.committed ?? this.partial !== null;
  }

  /** The failure's kind. */
  get kind(): Failure["kind"] {
    return this.failure.kind;
  }
}

function wording(failure: Failure, attempts: readonly AttemptReport[]): string {
  const trail = attempts.map(
    ({ provider, failure: failed, durationMs }) =>
      `${provider}: ${failed?.kind ?? "complete"} after ${(durationMs / 1000).toFixed(1)} s`,
  );
  const account = trail.length > 1 ? ` Attempts: ${trail.join("; ")}.` : "";
  const who = attempts.at(-1)?.provider;
  const where = who === undefined || failure.message.includes(who) ? "" : ` (${who})`;
  return `${failure.kind}${where}: ${failure.message}${account}`;
}
