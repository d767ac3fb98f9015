import type { Personality } from "../profile.ts";
import { firstGraphemes } from "../text/graphemes.ts";
import { plainText } from "../text/plain.ts";
import type { AgentEvent } from "./agent.ts";
import { fillTemplate } from "./template.ts";

/** An entry's words. */
export type Words = { readonly title: string; readonly content: string };

/**
 * The family's own words for an event, for when no provider can say any. `turn` chooses among the
 * patterns; the same turn gives the same words.
 */
export function fallbackWords(
  event: AgentEvent,
  personality: Personality,
  context: Readonly<Record<string, unknown>>,
  turn: number,
): Words {
  const patterns = event.fallback[personality];
  const pattern = patterns[turn % patterns.length];
  if (pattern === undefined) throw new Error(`${event.name} has no pattern`);
  const values = Object.fromEntries(
    event.needs.flatMap(({ name, short }) =>
      short === null ? [] : [[name, shortValue(context[name], short)]],
    ),
  );
  return {
    title: fillTemplate([pattern.title], values),
    content: fillTemplate([pattern.content], values),
  };
}

function shortValue(value: unknown, most: number): string {
  const text = Array.isArray(value) ? value.join("、") : String(value);
  const plain = plainText(text.slice(0, 1_000));
  // Nothing is left of a name made of controls alone.
  return firstGraphemes(plain === "" ? "…" : plain, most);
}
