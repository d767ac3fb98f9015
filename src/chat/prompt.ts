import type { ChatRequest } from "./request.ts";

/** The request that one prompt is, a system prompt that is empty or `null` being none. */
export function promptRequest(prompt: string, systemPrompt?: string | null): ChatRequest {
  const content = systemPrompt ?? "";
  const system = content === "" ? [] : [{ role: "system", content } as const];
  return { messages: [...system, { role: "user", content: prompt }] };
}
