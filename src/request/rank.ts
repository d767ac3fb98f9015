import type { Unusable } from "../failure.ts";
import { codecFor } from "../providers/codecs.ts";
import type { Provider } from "../snapshot.ts";
import type { Needs } from "./needs.ts";

/** Who may be asked, in their order, and who is left out and why. */
export type Ranking = {
  readonly providers: readonly Provider[];
  readonly leftOut: readonly Unusable[];
};

/** An estimate must exceed a window by this factor before it is believed. */
const clearlyTooLarge = 2;

/** The providers in their order, without those that lack what is needed. */
export function rank(providers: readonly Provider[], needs: Needs): Ranking {
  const fit: Provider[] = [];
  const leftOut: Unusable[] = [];
  for (const provider of providers) {
    const lacks = lacksOf(provider, needs);
    if (lacks.length === 0) fit.push(provider);
    else leftOut.push({ provider: provider.name, reason: lacks.join(", "), until: null });
  }
  return { providers: fit, leftOut };
}

function lacksOf(provider: Provider, needs: Needs): readonly string[] {
  const lacks = needs.capabilities
    .filter((word) => !isFitFor(provider, word))
    .map((word) => `not for ${word}`);
  const { contextWindow } = provider;
  if (contextWindow !== null && needs.estimatedTokens > contextWindow * clearlyTooLarge) {
    const sizes = `about ${needs.estimatedTokens} tokens, its window ${contextWindow}`;
    return [...lacks, `the prompt is too long (${sizes})`];
  }
  return lacks;
}

function isFitFor(provider: Provider, word: string): boolean {
  if (word === "images") return codecFor(provider.protocol).takesImages(provider);
  return provider.capabilities === null || provider.capabilities.includes(word);
}
