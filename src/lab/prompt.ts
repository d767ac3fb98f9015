import { textOf } from "./read-ask.ts";
import { asObject } from "./json.ts";
import { tokens } from "./tokens.ts";

function textsOf(messages: unknown): readonly string[] {
  if (!Array.isArray(messages)) return [];
  return messages.map((message: unknown) => textOf(asObject(message)?.["content"]));
}

/** The tokens in the messages of a request. */
export function promptTokens(messages: unknown): number {
  return textsOf(messages).reduce((sum, text) => sum + tokens(text).length, 0);
}

/** Whether the messages say "json", as every vendor demands of those who want it. */
export function mentionsJson(messages: unknown): boolean {
  return textsOf(messages).some((text) => /json/i.test(text));
}
