import { beginsLine, endOfRemarks, gapAfter, isComment, lineStart } from "./gap.ts";
import type { Splice } from "./splice.ts";
import type { Holder, Item } from "./tree.ts";

/** Takes an item out of a holder with the remarks on its line; comments above it stay. */
export function removeAt(text: string, { items }: Holder, index: number): readonly Splice[] {
  const item = items[index];
  if (item === undefined) return [];
  const comma = gapAfter(text, item.end).find(({ kind }) => kind === "comma");
  const isNear = comma !== undefined && text.slice(item.end, comma.offset).trim() === "";
  const end = isNear ? comma.end : item.end;
  const before = items[index - 1];
  // Comments may stand before the comma: they stay.
  const far =
    isNear || comma === undefined ? [] : [{ from: comma.offset, to: comma.end, text: "" }];
  const loose = comma === undefined && before !== undefined ? commaOf(text, before) : far;
  if (beginsLine(text, item.offset)) {
    const line = lineOf(text, item, end);
    if (line !== null) return [...loose, line];
  }
  return [...loose, { ...within(text, item, before, end), text: "" }];
}

// JSON has no comma after the last entry: that of the one before must go too.
function commaOf(text: string, { end }: Item): readonly Splice[] {
  const comma = gapAfter(text, end).find(({ kind }) => kind === "comma");
  return comma === undefined ? [] : [{ from: comma.offset, to: comma.end, text: "" }];
}

// The whole lines it stands on, if nothing else does.
function lineOf(text: string, item: Item, end: number): Splice | null {
  const gap = gapAfter(text, endOfRemarks(text, end));
  const lineBreak = gap.find(({ kind }) => kind !== "space");
  if (lineBreak?.kind !== "line-break") return null;
  return { from: lineStart(text, item.offset), to: lineBreak.end, text: "" };
}

// On a line that others stand on too: with the blanks on one side of it.
function within(
  text: string,
  item: Item,
  before: Item | undefined,
  end: number,
): Omit<Splice, "text"> {
  const blanks = /^[ \t]*/u.exec(text.slice(end))?.[0].length ?? 0;
  if (before === undefined) return { from: item.offset, to: end + blanks };
  const gap = gapAfter(text, before.end);
  const last = gap.findLast((piece) => piece.kind === "comma" || isComment(piece));
  const start = last?.end ?? before.end;
  const isBlank = /^[ \t]*$/u.test(text.slice(start, item.offset));
  return { from: isBlank ? start : item.offset, to: end };
}
