import type { Usage } from "../chat/delta.ts";
import type { Json } from "./json.ts";
import { isObject } from "./json.ts";

/** The usage known so far with what a later event says laid over it; nothing is ever summed. */
export function mergeUsage(known: Usage | null, said: Json): Usage {
  const ofPrompt = said["prompt_tokens_details"] ?? said["input_tokens_details"];
  const ofCompletion = said["completion_tokens_details"] ?? said["output_tokens_details"];
  const prompt = count(said, "prompt_tokens") ?? count(said, "input_tokens");
  const completion = count(said, "completion_tokens") ?? count(said, "output_tokens");
  return {
    promptTokens: prompt ?? known?.promptTokens ?? null,
    completionTokens: completion ?? known?.completionTokens ?? null,
    totalTokens: count(said, "total_tokens") ?? known?.totalTokens ?? null,
    reasoningTokens: count(ofCompletion, "reasoning_tokens") ?? known?.reasoningTokens ?? null,
    cachedTokens:
      count(ofPrompt, "cached_tokens") ??
      count(said, "prompt_cache_hit_tokens") ??
      known?.cachedTokens ??
      null,
  };
}

function count(of: unknown, name: string): number | null {
  if (!isObject(of)) return null;
  const value = of[name];
  return typeof value === "number" && value >= 0 ? value : null;
}
