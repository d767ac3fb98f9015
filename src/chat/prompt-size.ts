import type { ChatRequest } from "./request.ts";

const charactersAToken = 4;
const wideCharactersAToken = 1.5;

/** An estimate of a prompt's tokens from the length of its texts; images count nothing. */
export function estimatePromptTokens({ messages }: ChatRequest): number {
  let tokens = 0;
  for (const { content } of messages) {
    if (typeof content === "string") tokens += estimateTokens(content);
    else for (const part of content ?? []) tokens += estimateTokens(textOf(part));
  }
  return Math.ceil(tokens);
}

function textOf(part: { readonly [field: string]: unknown }): string {
  return typeof part["text"] === "string" ? part["text"] : "";
}

function estimateTokens(text: string): number {
  let wide = 0;
  // The scripts of East Asia begin here; what stands before them is written in letters.
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0x2e80) wide += 1;
  return (text.length - wide) / charactersAToken + wide / wideCharactersAToken;
}
