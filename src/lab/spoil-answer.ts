import { thoughtOf, type LabAnswer } from "./answer.ts";
import type { LabAsk } from "./ask.ts";
import type { Fault } from "./fault.ts";

/** The answer as a model says it that does not do what it was asked. */
export function spoilAnswer(answer: LabAnswer, fault: Fault | null, ask: LabAsk): LabAnswer {
  const silent = { ...answer, text: [], calls: [] };
  if (fault === null) return answer;
  if (fault.type === "empty_content") return { ...silent, reasoning: [], finish: "stop" };
  if (fault.type === "reasoning_only") {
    return { ...silent, reasoning: ask.thinking ? answer.reasoning : thoughtOf(12) };
  }
  if (fault.type === "no_end" && fault.without === "finish") return { ...answer, finish: null };
  if (fault.type !== "finish") return answer;
  // QwenLM/qwen-code: what went wrong is told as content, beside the reason.
  const lastWords = fault.reason === "error_finish" ? "(simulated) the model broke off" : "";
  const end = { finish: fault.reason, lastWords };
  if (!fault.withText) return { ...silent, reasoning: [], ...end };
  const text = answer.text.slice(0, Math.max(1, Math.floor(answer.text.length / 2)));
  return { ...answer, text, calls: [], ...end };
}
