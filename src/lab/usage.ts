import type { LabAnswer } from "./answer.ts";
import { tokens } from "./tokens.ts";

/** Tokens counted for an answer. */
export type LabUsage = {
  readonly prompt: number;
  readonly reasoning: number;
  /** Reasoning included. */
  readonly output: number;
  readonly total: number;
};

/** What an answer is billed as. */
export function usageOf(answer: LabAnswer): LabUsage {
  const reasoning = tokens(answer.reasoning.join("")).length;
  const calls = answer.calls.map((call) => call.name + call.arguments).join("");
  const output = reasoning + tokens(answer.text.join("")).length + tokens(calls).length;
  const prompt = answer.promptTokens;
  return { prompt, reasoning, output, total: prompt + output };
}
