import type { Message } from "../../chat/request.ts";
import type { Draft } from "./draft.ts";
import { isThinking } from "./thinking.ts";

/** Gives `developer` messages the role `system` where only that is known. */
export function adaptRoles(draft: Draft): void {
  const native = draft.provider.protocol === "dashscope";
  if (draft.host.developerRole && !native) return;
  if (!draft.messages.some(({ role }) => role === "developer")) return;
  draft.messages = draft.messages.map((message) =>
    message.role === "developer" ? { ...message, role: "system" } : message,
  );
  draft.adaptations.push("The role developer was sent as system.");
}

/** Leaves the thoughts of earlier answers out, or fills them in, as the vendor wants it. */
export function adaptReasoningHistory(draft: Draft): void {
  const { vendor, messages, adaptations } = draft;
  if (vendor.reasoningHistory === "strip") {
    if (!messages.some((message) => message.reasoning_content !== undefined)) return;
    draft.messages = messages.map(withoutReasoning);
    adaptations.push("reasoning_content of earlier messages was left out.");
  }
  if (vendor.reasoningHistory !== "pad" || !isThinking(draft)) return;
  if (!messages.some(lacksReasoning)) return;
  draft.messages = messages.map((message) =>
    lacksReasoning(message) ? { ...message, reasoning_content: "" } : message,
  );
  adaptations.push("An empty reasoning_content was added to earlier tool calls: it is required.");
}

function withoutReasoning(message: Message): Message {
  const { reasoning_content: _, ...rest } = message;
  return rest;
}

function lacksReasoning({ role, tool_calls: calls, reasoning_content: text }: Message): boolean {
  return role === "assistant" && (calls?.length ?? 0) > 0 && typeof text !== "string";
}

/** Whether a message holds what is known to be no text. */
export function holdsMedia({ content }: Message): boolean {
  return Array.isArray(content) && content.some(({ type }) => mediaTypes.has(String(type)));
}

/** Whether a message is text and nothing else. */
export function isPlain({ content }: Message): boolean {
  return !Array.isArray(content) || content.every(({ type }) => type === "text");
}

const mediaTypes = new Set(["image_url", "image", "input_image", "input_audio", "video_url"]);
