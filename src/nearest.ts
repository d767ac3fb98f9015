/** The name most like a word, by the pairs of letters they share; `null` if none is like it. */
export function nearest(word: string, names: readonly string[]): string | null {
  const likeness = names.map((name) => ({ name, share: shared(word, name) }));
  const [best] = likeness.toSorted((a, b) => b.share - a.share);
  return best !== undefined && best.share >= 0.4 ? best.name : null;
}

function shared(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)];
  const both = [...left].filter((pair) => right.has(pair)).length;
  return (2 * both) / (left.size + right.size);
}

function pairs(word: string): ReadonlySet<string> {
  const text = ` ${word.toLowerCase()} `;
  return new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)));
}
