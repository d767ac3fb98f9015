import type { Content, ToolCall } from "./answer.ts";
import type { Delta, FinishReason, Usage } from "./delta.ts";

/** Gathers deltas into one content, which may be asked for at any moment. */
export type Collector = {
  add(delta: Delta): void;
  content(): Content;
  finished(): boolean;
};

/** A fresh collector. */
export function createCollector(): Collector {
  let text = "";
  let reasoning = "";
  let refusal = "";
  let finishReason: FinishReason | null = null;
  let usage: Usage | null = null;
  const calls = new Map<number, { id: string; name: string; arguments: string }>();

  function addToolCall(delta: Extract<Delta, { type: "tool-call" }>): void {
    const call = calls.get(delta.index) ?? { id: "", name: "", arguments: "" };
    if (delta.id !== undefined) call.id = delta.id;
    if (delta.name !== undefined) call.name = delta.name;
    call.arguments += delta.arguments;
    calls.set(delta.index, call);
  }

  return {
    add(delta) {
      switch (delta.type) {
        case "text":
          text += delta.text;
          break;
        case "reasoning":
          reasoning += delta.text;
          break;
        case "refusal":
          refusal += delta.text;
          break;
        case "tool-call":
          addToolCall(delta);
          break;
        case "usage":
          usage = delta.usage;
          break;
        case "finish":
          finishReason = delta.reason;
          break;
      }
    },
    finished: () => finishReason !== null,
    content() {
      const toolCalls: ToolCall[] = [...calls.entries()]
        .toSorted(([a], [b]) => a - b)
        .map(([, call]) => ({ ...call }));
      return { text, reasoning, refusal, toolCalls, finishReason, usage };
    },
  };
}
