/** Words that show a text's mood, for texts about something unpleasant. */
export type MoodWords = {
  readonly bright: readonly string[];
  readonly dark: readonly string[];
  /** Before a bright word they take its brightness: 不开心 is not 开心, nor is "never happy" happy. */
  readonly negations: readonly string[];
};

/** Whether a text is bright and nothing else: bright words, none of them negated, no dark one. */
export function isBright(text: string, { bright, dark, negations }: MoodWords): boolean {
  let rest = text;
  let found = false;
  for (const word of bright) {
    for (const { index, 0: said } of rest.matchAll(patternOf(word))) {
      if (isNegated(rest.slice(0, index), negations)) return false;
      found = true;
      // What is bright as a whole is not dark by a part of it: 痛快 hurts nobody.
      rest = rest.slice(0, index) + " ".repeat(said.length) + rest.slice(index + said.length);
    }
  }
  return found && !dark.some((word) => patternOf(word).test(rest));
}

const patterns = new Map<string, RegExp>();

// Words of letters with blanks between them are found whole: "unhappy" is not "happy".
function patternOf(word: string): RegExp {
  let pattern = patterns.get(word);
  if (pattern === undefined) {
    const body = word.replaceAll(/[\\^$.*+?()[\]{}|]/gu, "\\$&");
    const whole = isSpaced(word) ? `(?<![\\p{L}'’])${body}(?![\\p{L}])` : body;
    pattern = new RegExp(whole, "giu");
    patterns.set(word, pattern);
  }
  pattern.lastIndex = 0;
  return pattern;
}

function isNegated(before: string, negations: readonly string[]): boolean {
  const latest = before.toLowerCase().replaceAll("’", "'").split(/\s+/u).slice(-4);
  return negations.some((negation) => {
    if (!isSpaced(negation)) return before.endsWith(negation);
    return latest.some((word) => word === negation || (word.endsWith(`n't`) && negation === "n't"));
  });
}

function isSpaced(word: string): boolean {
  return /^[\p{Script=Latin}' ]+$/u.test(word);
}
