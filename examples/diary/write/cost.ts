import type { LLMConfig, Usage } from "standin";

/** What an answer cost in US dollars; `null` where tokens or prices are not known. */
export function costOf(usage: Usage | null, pricing: LLMConfig["pricing"]): number | null {
  const { promptTokens, completionTokens, cachedTokens } = usage ?? {};
  if (pricing === null || typeof promptTokens !== "number") return null;
  if (typeof completionTokens !== "number") return null;
  const cached = cachedTokens ?? 0;
  const read = (promptTokens - cached) * pricing.input;
  const readAgain = cached * (pricing.cachedInput ?? pricing.input);
  return (read + readAgain + completionTokens * pricing.output) / 1_000_000;
}
