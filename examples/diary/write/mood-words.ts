/** Words that show a text's mood, for texts about something unpleasant. */
export type MoodWords = {
  readonly bright: readonly string[];
  readonly dark: readonly string[];
  /** Before a bright word they take its brightness: 不开心 is not 开心. */
  readonly negations: readonly string[];
};

/** Whether a text is bright and nothing else: bright words, none of them negated, no dark one. */
export function isBright(text: string, { bright, dark, negations }: MoodWords): boolean {
  if (dark.some((word) => text.includes(word))) return false;
  let found = false;
  for (const word of bright) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      const before = text.slice(0, at);
      if (negations.some((negation) => before.endsWith(negation))) return false;
      found = true;
    }
  }
  return found;
}
