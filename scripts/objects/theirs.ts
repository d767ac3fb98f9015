import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import {
  Output,
  extractJsonMiddleware,
  extractReasoningMiddleware,
  generateText,
  wrapLanguageModel,
} from "ai";
import type { BrokenAnswer } from "./answers.ts";
import type { Outcome } from "./ours.ts";
import { compared, nameOf, withLab } from "./ours.ts";
import { entrySchema, prompt } from "./schema.ts";

/**
 * What the AI SDK's `generateText({ output })` makes of an answer that its provider would mend:
 * as it comes, or with the middleware it has for taking reasoning and fences away.
 */
export function ofTheSdk(answer: BrokenAnswer, withMiddleware: boolean): Promise<Outcome> {
  return withLab(answer, false, async (lab) => {
    const place = lab.providers["first"];
    if (place === undefined) throw new Error("The lab has a first provider.");
    const provider = createOpenAICompatible({
      name: "lab",
      baseURL: place.endpoint.replace(/\/chat\/completions$/u, ""),
      apiKey: place.key,
      supportsStructuredOutputs: true,
    });
    const plain = provider(compared.model);
    const middleware = [extractJsonMiddleware(), extractReasoningMiddleware({ tagName: "think" })];
    const model = withMiddleware ? wrapLanguageModel({ model: plain, middleware }) : plain;
    const output = Output.object({ schema: entrySchema });
    try {
      const said = await generateText({ model, output, prompt });
      return { result: nameOf(said.output), requests: lab.requests.length };
    } catch (error) {
      const name = error instanceof Error ? error.name : String(error);
      return { result: `\`${name}\``, requests: lab.requests.length };
    }
  });
}
