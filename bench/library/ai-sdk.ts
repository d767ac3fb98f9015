import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModel } from "ai";
import { generateText, streamText } from "ai";
import { settings } from "./subject.ts";

/** A model of the AI SDK at one of the upstream's providers. */
export function modelAt(baseURL: string, name: string) {
  return createOpenAICompatible({ name, apiKey: settings.key, baseURL })(settings.model);
}

/** One whole answer by `generateText`, its own retries off. */
export async function generateAnswer(model: LanguageModel, question: string): Promise<string> {
  const result = await generateText(callOf(model, question));
  return result.text;
}

/** One streamed answer by `streamText`, its own retries off. */
export async function streamAnswer(model: LanguageModel, question: string): Promise<string> {
  const result = streamText(callOf(model, question));
  let text = "";
  for await (const piece of result.textStream) text += piece;
  return text;
}

function callOf(model: LanguageModel, question: string) {
  const { maxTokens: maxOutputTokens, temperature } = settings;
  return { model, prompt: question, maxOutputTokens, temperature, maxRetries: 0 };
}
