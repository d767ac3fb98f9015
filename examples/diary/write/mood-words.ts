/** Words that show a text's mood, for texts about something unpleasant. */
export type MoodWords = {
  readonly bright: readonly string[];
  readonly dark: readonly string[];
  /** Before a word they take its mood: 不开心 is not 开心, nor is "never happy" happy. */
  readonly negations: readonly string[];
  /** Sayings that hold a word of a mood and are of none: 空气 is not 空. */
  readonly neither: readonly string[];
};

// How many words a negation reaches over: "not at all happy" is not happy, but "not because I am
// sad" may well be sad.
const reachOver = { bright: 4, dark: 1 } as const;

/** Whether a text is bright and nothing else: bright words, none of them negated, no dark one. */
export function isBright(text: string, words: MoodWords): boolean {
  let rest = text.normalize("NFKC").replaceAll("’", "'");
  for (const saying of longestFirst(words.neither)) rest = blanked(rest, saying);
  let found = false;
  for (const word of longestFirst(words.bright)) {
    for (const { index } of rest.matchAll(patternOf(word))) {
      if (isNegated(rest.slice(0, index), words.negations, reachOver.bright)) return false;
      found = true;
    }
    // What is bright as a whole is not dark by a part of it: 痛快 hurts nobody.
    rest = blanked(rest, word);
  }
  return found && !words.dark.some((word) => isDark(rest, word, words.negations));
}

function isDark(text: string, word: string, negations: readonly string[]): boolean {
  return [...text.matchAll(patternOf(word))].some(
    ({ index }) => !isNegated(text.slice(0, index), negations, reachOver.dark),
  );
}

function blanked(text: string, word: string): string {
  return text.replaceAll(patternOf(word), (said) => " ".repeat(said.length));
}

const sortings = new WeakMap<readonly string[], readonly string[]>();

// "never been happier" before "happier".
function longestFirst(words: readonly string[]): readonly string[] {
  const known = sortings.get(words) ?? words.toSorted((a, b) => b.length - a.length);
  sortings.set(words, known);
  return known;
}

const patterns = new Map<string, RegExp>();

// Words of letters with blanks between them are found whole, and however long they are drawn:
// "unhappy" is not "happy", and "happyyy" is.
function patternOf(word: string): RegExp {
  let pattern = patterns.get(word);
  if (pattern === undefined) {
    const body = word.normalize("NFKC").replaceAll(/[\\^$.*+?()[\]{}|]/gu, "\\$&");
    const drawn = `${body}${body.at(-1) ?? ""}*`;
    pattern = new RegExp(isSpaced(word) ? `(?<![\\p{L}'])${drawn}(?!\\p{L})` : body, "giu");
    patterns.set(word, pattern);
  }
  return pattern;
}

const clauseEnd = /[,.;:!?，。！？；、…—]|\bbut\b|但是?|可是/u;

function isNegated(before: string, negations: readonly string[], reach: number): boolean {
  // A negation ends with its clause: "No worries, so happy".
  const clause = before.toLowerCase().split(clauseEnd).at(-1) ?? "";
  const latest = clause.trim().split(/\s+/u).slice(-reach);
  return negations.some((negation) => {
    if (!isSpaced(negation)) return clause.endsWith(negation);
    return latest.some((word) => word === negation || (word.endsWith("n't") && negation === "n't"));
  });
}

function isSpaced(word: string): boolean {
  return /^[\p{Script=Latin}' ]+$/u.test(word);
}
