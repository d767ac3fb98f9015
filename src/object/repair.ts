import type { Content } from "../chat/answer.ts";
import type { ChatRequest, Message } from "../chat/request.ts";
import type { Provider } from "../snapshot.ts";

/** An answer that was wrong, and what is wrong with it, a line each. */
export type Wrong = {
  readonly content: Content;
  readonly issues: readonly string[];
  readonly cut: boolean;
};

/** Of its own answer a model is shown so many characters. */
const mostShown = 16_000;

/** The same request once more, with the model's own answer and what is wrong with it. */
export function repairOf(request: ChatRequest, wrong: Wrong): ChatRequest {
  return { ...request, messages: [...request.messages, ...turnsOf(wrong)] };
}

function turnsOf({ content, issues, cut }: Wrong): readonly Message[] {
  const words = correction(issues, cut);
  const call = content.toolCalls.at(-1);
  // Cut arguments would be no JSON, which servers refuse: they are shown as a text.
  if (call !== undefined && call.id !== "" && call.arguments.length <= mostShown) {
    const { id, name, arguments: given } = call;
    const calls = [{ id, type: "function", function: { name, arguments: given } } as const];
    return [
      { role: "assistant", content: content.text, tool_calls: calls },
      { role: "tool", tool_call_id: id, content: words },
    ];
  }
  const said = (call?.arguments ?? content.text).slice(0, mostShown);
  // An answer without a word would be refused as a message.
  const own = said.trim() === "" ? [] : [{ role: "assistant", content: said } as const];
  return [...own, { role: "user", content: words }];
}

function correction(issues: readonly string[], cut: boolean): string {
  return [
    "Your answer cannot be used. What is wrong with it:",
    ...issues.map((issue) => `- ${issue}`),
    `Answer again with the whole object, mended${cut ? " and shorter" : ""}, and nothing else.`,
  ].join("\n");
}

/** What a cut answer is given room for, in tokens, where it had less. */
const roomyTokens = 2_048;

/** A larger `max_tokens` for an answer that was cut; `null` where the caller has set it. */
export function roomFor(request: ChatRequest, { maxTokens }: Provider): number | null {
  const stated = request.max_tokens !== undefined || request.max_completion_tokens !== undefined;
  return stated || maxTokens === null || maxTokens >= roomyTokens ? null : roomyTokens;
}
