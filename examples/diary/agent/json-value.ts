import { firstGraphemes } from "../text/graphemes.ts";

/** A value as it stands in a prompt, and whether a part of it had to go. */
export type ShownValue = { readonly json: string; readonly cut: boolean };

const mostItems = 12;

/**
 * A value as JSON on one line, with `<` and `>` and every line separator written as escapes, so
 * that it can end neither its own quotes nor the block it stands in. Texts are cut to `most`
 * graphemes, and end with a mark that says so.
 */
export function jsonValue(value: unknown, most: number): ShownValue {
  let cut = false;
  function shortened(one: unknown): unknown {
    if (typeof one !== "string") return one;
    // Graphemes have no greatest length; a first slice bounds the work, too.
    const kept = firstGraphemes(one.slice(0, most * 16).toWellFormed(), most);
    if (kept.length === one.length) return kept;
    cut = true;
    return `${kept}…(cut)`;
  }
  const list = Array.isArray(value) ? (value as unknown[]) : null;
  if (list !== null && list.length > mostItems) cut = true;
  const shown = list === null ? shortened(value) : list.slice(0, mostItems).map(shortened);
  return { json: escaped(JSON.stringify(shown ?? null) ?? "null"), cut };
}

function escaped(json: string): string {
  return json.replaceAll(/[<>&\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (one) => {
    return `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
