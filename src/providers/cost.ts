import type { Usage } from "../chat/delta.ts";
import type { Pricing } from "../snapshot.ts";

const million = 1_000_000;

/** What an exchange cost, in US dollars; `null` where prices or counts are not known. */
export function costOf(pricing: Pricing | null, usage: Usage | null): number | null {
  const { promptTokens = null, completionTokens = null } = usage ?? {};
  if (promptTokens === null || completionTokens === null) return null;
  const cached = Math.min(promptTokens, usage?.cachedTokens ?? 0);
  return priceOf(pricing, { prompt: promptTokens, cached, answer: completionTokens });
}

/** What so many tokens cost, in US dollars, `cached` being of the prompt; `null`: not known. */
export function priceOf(
  pricing: Pricing | null,
  { prompt, cached = 0, answer }: { prompt: number; cached?: number; answer: number },
): number | null {
  if (pricing === null || prompt > (pricing.promptMost ?? Infinity)) return null;
  const { input, output, cachedInput } = pricing;
  const read = (prompt - cached) * input + cached * (cachedInput ?? input);
  return (read + answer * output) / million;
}
