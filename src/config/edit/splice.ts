/** A piece of a text, and what is to stand in its place. */
export type Splice = { readonly from: number; readonly to: number; readonly text: string };

/** The text with every splice made; they must not overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  return splices
    .toSorted((a, b) => b.from - a.from || b.to - a.to)
    .reduce((whole, { from, to, text: put }) => whole.slice(0, from) + put + whole.slice(to), text);
}
