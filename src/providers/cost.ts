import type { Usage } from "../chat/delta.ts";
import type { Pricing } from "../snapshot.ts";

const million = 1_000_000;

/** What an exchange cost, in US dollars; `null` where prices or counts are not known. */
export function costOf(pricing: Pricing | null, usage: Usage | null): number | null {
  const { promptTokens = null, completionTokens = null } = usage ?? {};
  if (pricing === null || promptTokens === null || completionTokens === null) return null;
  const cached = Math.min(promptTokens, usage?.cachedTokens ?? 0);
  const { input, output, cachedInput } = pricing;
  const prompt = (promptTokens - cached) * input + cached * (cachedInput ?? input);
  return (prompt + completionTokens * output) / million;
}

/** What an exchange of so many tokens costs, nothing of its prompt being cached. */
export function priceOf({ input, output }: Pricing, tokens: { prompt: number; answer: number }) {
  return (tokens.prompt * input + tokens.answer * output) / million;
}
