import type { Failure } from "../failure.ts";
import type { FinishReason, Usage } from "./delta.ts";

/** A call of a tool; `arguments` is JSON text exactly as the model wrote it. */
export type ToolCall = {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
};

/** What one attempt cost, and how it ended. */
export type AttemptReport = {
  readonly provider: string;
  readonly model: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Time waited right before this attempt, in milliseconds. */
  readonly waitedMs: number;
  /** `null` while nothing came: the time to the first content, in milliseconds. */
  readonly firstContentMs: number | null;
  readonly requestId: string | null;
  /** The tokens it was told to have taken; `null`: the provider did not say. */
  readonly usage: Usage | null;
  /** In US dollars, by the tokens told; `null`: prices or counts are not known. */
  readonly cost: number | null;
  /** `null` for a complete answer. */
  readonly failure: Failure | null;
};

/** What a provider said, without how it was got. */
export type Content = {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: FinishReason | null;
  readonly usage: Usage | null;
};

/** One provider's complete answer, and the account of every attempt made for it. */
export type Answer = Content & {
  readonly finishReason: FinishReason;
  readonly provider: string;
  readonly model: string;
  /** The vendor's name for the exchange. */
  readonly requestId: string | null;
  readonly attempts: readonly AttemptReport[];
  /** What this provider could not take as it was asked, and what was done instead. */
  readonly adaptations: readonly string[];
};
