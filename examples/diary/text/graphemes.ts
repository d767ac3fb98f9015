const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** What a person sees as one character each: an emoji of eleven code points is one. */
export function graphemesOf(text: string): readonly string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** How many characters a person sees. */
export function countGraphemes(text: string): number {
  return graphemesOf(text).length;
}

/** The first so many graphemes; never a part of one. Reads no further than it must. */
export function firstGraphemes(text: string, most: number): string {
  let count = 0;
  for (const { index } of segmenter.segment(text)) {
    if (count === most) return text.slice(0, index);
    count += 1;
  }
  return text;
}
