import { estimatePromptTokens } from "../chat/prompt-size.ts";
import type { ChatRequest } from "../chat/request.ts";
import { holdsMedia } from "../providers/adapt/messages.ts";

/** What a request needs of the provider that is to answer it. */
export type Needs = {
  /** The words a provider must be fit for: `tools`, `images`, `json_schema`, a caller's own. */
  readonly capabilities: readonly string[];
  /** An estimate of the prompt's size, in tokens. */
  readonly estimatedTokens: number;
};

/** What a request that may go to anybody needs. */
export const noNeeds: Needs = { capabilities: [], estimatedTokens: 0 };

/** What a request needs by what it holds, and by the words its caller adds. */
export function needsOf(request: ChatRequest, words: readonly string[] = []): Needs {
  const { messages, tools, response_format: format } = request;
  const own = [
    ...(Array.isArray(tools) && tools.length > 0 ? ["tools"] : []),
    ...(messages.some(holdsMedia) ? ["images"] : []),
    ...(format?.type === "json_schema" ? ["json_schema"] : []),
  ];
  const estimatedTokens = estimatePromptTokens(request);
  return { capabilities: [...new Set([...own, ...words])], estimatedTokens };
}
