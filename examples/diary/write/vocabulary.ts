/** Whether an event is a good thing for the toy: what tags its entry must not have follows. */
export type Sign = "pleasant" | "unpleasant" | "neutral";

/** The tags there are, and how they go together. */
export type Vocabulary = {
  readonly list: readonly string[];
  /** Of an entry that nothing else can be said of. */
  readonly none: string;
  readonly aliases: ReadonlyMap<string, string>;
  /** Pairs that one entry does not have together. */
  readonly conflicts: readonly (readonly [string, string])[];
  readonly never: Readonly<Record<Sign, readonly string[]>>;
};

/** The tags that may stand, and those that may not, as they were said. */
export type SettledTags = {
  readonly tags: readonly string[];
  readonly refused: readonly string[];
};

/** The tags an event of this sign may have. */
export function tagsFor(sign: Sign, vocabulary: Vocabulary): readonly string[] {
  return vocabulary.list.filter((tag) => !vocabulary.never[sign].includes(tag));
}

/** The tag of the list that is meant; `null` if none is. */
export function tagOf(said: unknown, { list, aliases }: Vocabulary): string | null {
  if (typeof said !== "string") return null;
  const word = said
    .normalize("NFKC")
    .replace(/^[\s#＃]+|\s+$/gu, "")
    .toLowerCase();
  return list.find((tag) => tag.toLowerCase() === word) ?? aliases.get(word) ?? null;
}

/**
 * Keeps, of the tags somebody said, those that are on the list (aliases count), that an event of
 * this sign may have, and that do not conflict with an earlier one; at most `most`.
 */
export function settleTags(
  said: readonly unknown[],
  sign: Sign,
  most: number,
  vocabulary: Vocabulary,
): SettledTags {
  const allowed = tagsFor(sign, vocabulary);
  const tags: string[] = [];
  const refused: string[] = [];
  for (const one of said) {
    const tag = tagOf(one, vocabulary);
    if (tag !== null && tags.includes(tag)) continue;
    const fits =
      tag !== null && allowed.includes(tag) && !tags.some((other) => conflict(tag, other));
    if (fits && tags.length < most) tags.push(tag);
    else refused.push(typeof one === "string" ? one : (JSON.stringify(one) ?? "nothing"));
  }
  return { tags, refused };

  function conflict(one: string, other: string): boolean {
    return vocabulary.conflicts.some((pair) => pair.includes(one) && pair.includes(other));
  }
}
