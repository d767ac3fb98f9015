import { graphemesOf } from "./graphemes.ts";

// Controls, and the marks that turn the direction of whatever follows them.
const unseen = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const longestGrapheme = 32;
// Without these no grapheme is long.
const joining = /[\p{M}\p{Gr_Ext}\u200d\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/u;

/**
 * Text on one line, as it may stand in a diary: no controls, no marks that turn the direction of
 * what follows, no lone halves of characters, no grapheme of more than 32 code units.
 */
export function plainText(text: string): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\s\p{Zl}\p{Zp}]+/gu, " ")
    .replaceAll(unseen, "")
    .trim();
  if (line.length <= longestGrapheme || !joining.test(line)) return line;
  return graphemesOf(line).map(shortened).join("");
}

// Letters by their class that nobody sees: fillers of Hangul.
const fillers = /[\u115f\u1160\u3164\uffa0]/gu;

/** Whether there is a letter, a figure or a picture in a text. */
export function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text.replaceAll(fillers, ""));
}

// A letter under a thousand accents is one grapheme; the accents go.
function shortened(grapheme: string): string {
  if (grapheme.length <= longestGrapheme) return grapheme;
  return String.fromCodePoint(grapheme.codePointAt(0) ?? 0x2026);
}
