import type { Answer } from "../chat/answer.ts";
import type { ObjectMode } from "./mode.ts";

/** One provider's complete answer, and the object in it, checked. */
export type ObjectAnswer<Value = unknown> = Answer & {
  readonly object: Value;
  /** Whether it came at once, or after the provider had been shown what was wrong. */
  readonly source: "model" | "repaired";
  /** The text or the tool call's arguments in which it stood, as the model wrote them. */
  readonly raw: string;
  /** How the provider was asked for it. */
  readonly mode: ObjectMode;
  /** What was passed over around it, or forgiven in it. */
  readonly notes: readonly string[];
};
