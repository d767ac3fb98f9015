import type { JsonObject } from "./json.ts";

/** A message, as far as the simulated model reads it. */
export type LabMessage = { readonly role: string; readonly text: string };

/** A tool the model was offered. */
export type LabTool = { readonly name: string; readonly parameters: JsonObject | null };

/** What was said about using tools. */
export type LabToolChoice = "auto" | "none" | "required" | { readonly name: string };

/** A request as the simulated model understands it, whatever form it came in. */
export type LabAsk = {
  readonly vendor: string;
  readonly model: string;
  readonly messages: readonly LabMessage[];
  /** The text of the last message of the user. */
  readonly prompt: string;
  readonly stream: boolean;
  readonly tools: readonly LabTool[];
  readonly toolChoice: LabToolChoice;
  /** Reasoning counts, too; `null`: as many as there are. */
  readonly maxTokens: number | null;
  readonly thinking: boolean;
  /** `response_format` asks for JSON. */
  readonly json: boolean;
  /** The JSON Schema that `response_format` asks for; `null`: none. */
  readonly schema: JsonObject | null;
  readonly stop: readonly string[];
  /** A stream of chunks is to end with one for the usage. */
  readonly includeUsage: boolean;
  /** Native DashScope: `output.text` instead of `output.choices`. */
  readonly plainText: boolean;
  /** Native DashScope: each event holds only what is new. */
  readonly incremental: boolean;
};
