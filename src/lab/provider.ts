import type { LabAsk } from "./ask.ts";

/** The vendors the lab can play. */
export type LabVendor = "qwen" | "deepseek" | "openai";

/** One simulated provider, every setting filled in. */
export type LabProvider = {
  readonly name: string;
  readonly vendor: LabVendor;
  /** The one key it takes. */
  readonly key: string;
  /** The model named in `configuration()`. */
  readonly model: string;
  /** Names it no longer serves. */
  readonly retiredModels: readonly string[];
  /** Names it serves; `null`: every name that looks like this vendor's and is not retired. */
  readonly models: readonly string[] | null;
  /** The longest prompt it takes, in tokens. */
  readonly contextWindow: number;
  /** The largest `max_tokens` it takes. */
  readonly maxOutputTokens: number;
  /** The answer's text; `null`: one that says it is simulated and repeats some of the prompt. */
  readonly reply: ((ask: LabAsk) => string) | null;
  /** The arguments of a tool call; `null`: a sample of the tool's parameters. */
  readonly toolArguments: ((ask: LabAsk) => string) | null;
  /** Tokens of thought before the answer of a thinking model. */
  readonly thoughtTokens: number;
  /** Tokens in one delta of a stream. */
  readonly deltaTokens: number;
  /** Before the first byte of an answer, in milliseconds. */
  readonly latencyMs: number;
  /** Before each delta, in milliseconds. */
  readonly deltaMs: number;
};
