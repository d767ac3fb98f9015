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
  const { none, bright, dark } = patternsOf(words);
  const plain = text.normalize("NFKC").toLowerCase().replaceAll("’", "'");
  const some = plain.replaceAll(none, blank);
  const marked = [...some.matchAll(bright)];
  const { negations } = words;
  if (marked.length === 0) return false;
  if (marked.some(({ index }) => isNegated(some, index, negations, reachOver.bright))) return false;
  // What is bright as a whole is not dark by a part of it: 痛快 hurts nobody.
  const rest = some.replaceAll(bright, blank);
  return [...rest.matchAll(dark)].every(({ index }) =>
    isNegated(rest, index, negations, reachOver.dark),
  );
}

function blank(said: string): string {
  return " ".repeat(said.length);
}

type Patterns = { readonly none: RegExp; readonly bright: RegExp; readonly dark: RegExp };

const known = new WeakMap<MoodWords, Patterns>();

function patternsOf(words: MoodWords): Patterns {
  const { neither, bright, dark } = words;
  const made = known.get(words) ?? {
    none: patternOf(neither),
    bright: patternOf(bright),
    dark: patternOf(dark),
  };
  known.set(words, made);
  return made;
}

// Words of letters with blanks between them are found whole, and however long they are drawn:
// "unhappy" is not "happy", and "happyyy" is.
function patternOf(words: readonly string[]): RegExp {
  // The longest first: "never been happier" before "happier".
  const sorted = words.toSorted((a, b) => b.length - a.length);
  const spaced = sorted.filter(isSpaced).map((word) => `${sourceOf(word)}${word.at(-1) ?? ""}*`);
  const others = sorted.filter((word) => !isSpaced(word)).map(sourceOf);
  const whole = spaced.length === 0 ? [] : [`(?<![\\p{L}'])(?:${spaced.join("|")})(?!\\p{L})`];
  const source = [...others, ...whole].join("|");
  return new RegExp(source === "" ? "(?!)" : source, "gu");
}

function sourceOf(word: string): string {
  const plain = word.normalize("NFKC").toLowerCase();
  return plain.replaceAll(/[\\^$.*+?()[\]{}|]/gu, "\\$&");
}

const clauseEnd = /[,.;:!?，。！？；、…—]|\bbut\b|但是?|可是/u;
// No negation and what it reaches over is longer.
const farthest = 60;

function isNegated(
  text: string,
  index: number,
  negations: readonly string[],
  reach: number,
): boolean {
  const before = text.slice(Math.max(0, index - farthest), index);
  // A negation ends with its clause: "No worries, so happy".
  const clause = before.split(clauseEnd).at(-1) ?? "";
  const latest = clause.trim().split(/\s+/u).slice(-reach);
  return negations.some((negation) => {
    if (!isSpaced(negation)) return clause.endsWith(negation);
    return latest.some((word) => word === negation || (word.endsWith("n't") && negation === "n't"));
  });
}

function isSpaced(word: string): boolean {
  return /^[\p{Script=Latin}' ]+$/u.test(word);
}
