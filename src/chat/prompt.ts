import type { ChatRequest } from "./request.ts";

/** The request that one prompt is, an empty system prompt being none. */
export function promptRequest(prompt: string, systemPrompt: string): ChatRequest {
  const system = systemPrompt === "" ? [] : [{ role: "system", content: systemPrompt } as const];
  return { messages: [...system, { role: "user", content: prompt }] };
}
