import type { ChatRequest } from "../../chat/request.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What a configuration adds to every body, but for what this request says itself. */
export function unasked(extra: Fields, request: ChatRequest): Fields {
  const entries = Object.entries(extra).filter(([name]) => request[name] === undefined);
  return Object.fromEntries(entries);
}
