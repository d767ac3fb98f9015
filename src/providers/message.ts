import type { Delta } from "../chat/delta.ts";
import type { Json } from "./json.ts";
import { isObject } from "./json.ts";
import { createToolCallReader } from "./tool-calls.ts";

/** Reads messages of whole bodies and the pieces of them that chunks carry, in one way. */
export type MessageReader = {
  /** Adds a message's deltas; `false` if it has a wrong shape. */
  read(message: Json, deltas: Delta[]): boolean;
};

/** A reader of the messages of one answer. */
export function createMessageReader(): MessageReader {
  const toolCalls = createToolCallReader();

  return {
    read(message, deltas) {
      const reasoning = message["reasoning_content"] ?? message["reasoning"];
      if (typeof reasoning === "string" && reasoning !== "") {
        deltas.push({ type: "reasoning", text: reasoning });
      }
      if (!readContent(message["content"], deltas)) return false;
      const refusal = message["refusal"];
      if (typeof refusal === "string" && refusal !== "") {
        deltas.push({ type: "refusal", text: refusal });
      }
      const calls = message["tool_calls"];
      if (calls !== undefined && calls !== null && !toolCalls.read(calls, deltas)) return false;
      const old = message["function_call"];
      if (old === undefined || old === null) return true;
      return toolCalls.read([{ index: 0, function: old }], deltas);
    },
  };
}

function readContent(content: unknown, deltas: Delta[]): boolean {
  if (typeof content === "string") {
    if (content !== "") deltas.push({ type: "text", text: content });
    return true;
  }
  if (content === null || content === undefined) return true;
  if (!Array.isArray(content)) return false;
  return content.every((part) => isObject(part) && readPart(part, deltas));
}

// `{text}`, `{type: "text", text}` and Mistral's `{type: "thinking", thinking: [{text}]}`
function readPart(part: Json, deltas: Delta[]): boolean {
  const { text, thinking } = part;
  if (typeof text === "string") {
    if (text !== "") deltas.push({ type: "text", text });
    return true;
  }
  if (Array.isArray(thinking)) {
    const thought = thinking.map((piece) => (isObject(piece) ? piece["text"] : "")).join("");
    if (thought !== "") deltas.push({ type: "reasoning", text: thought });
  }
  return true;
}
