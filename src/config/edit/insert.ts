import type { Node } from "jsonc-parser";
import type { Splice } from "./splice.ts";
import type { Style } from "./style.ts";
import { colonOf, unitOf } from "./style.ts";
import { beginsLine, endOfRemarks, gapAfter, indentAt, isComment, lineStart } from "./gap.ts";
import type { Holder, Item } from "./tree.ts";
import { endOf, holderOf } from "./tree.ts";
import type { Stand } from "./write-value.ts";

/** What is to stand where, written as its neighbours are. */
export type Writing = (stand: Stand) => string;

/** Puts something new into a holder at an index, and changes nothing else. */
export function insertAt(
  text: string,
  holder: Holder,
  index: number,
  write: Writing,
  style: Style,
): readonly Splice[] {
  const before = holder.items[index - 1];
  const next = holder.items[index];
  const neighbour = before ?? next;
  if (neighbour === undefined) return fill(text, holder, write, style);
  const stand = standBeside(text, holder, neighbour, style);
  return before === undefined
    ? insertBefore(text, holder, neighbour, write(stand), stand)
    : insertAfter(text, before, write(stand), stand);
}

function standBeside(text: string, holder: Holder, neighbour: Item, style: Style): Stand {
  const flat = !beginsLine(text, neighbour.offset);
  const inner = holderOf(neighbour.value);
  const isFlatToo = inner !== null && inner.items.length > 0 && !spansLines(text, inner);
  const unit = (inner && unitOf(text, inner)) ?? unitOf(text, holder) ?? style.unit;
  const colon = holder.isList ? style.colon : colonOf(text, neighbour);
  const own = { ...style, unit, colon };
  return { style: own, indent: indentAt(text, neighbour.offset), flat: flat || isFlatToo };
}

function spansLines(text: string, { node }: Holder): boolean {
  return /[\r\n]/u.test(text.slice(node.offset, endOf(node)));
}

function insertAfter(
  text: string,
  before: Item,
  written: string,
  { style, indent }: Stand,
): readonly Splice[] {
  const { end } = before;
  if (!beginsLine(text, before.offset)) {
    return [{ from: end, to: end, text: `${style.comma}${written}` }];
  }
  const comma = gapAfter(text, end).find(({ kind }) => kind === "comma");
  const at = endOfRemarks(text, comma?.end ?? end);
  const line = `${style.lineBreak}${indent}${written}`;
  if (comma !== undefined) return [{ from: at, to: at, text: `${line},` }];
  if (at === end) return [{ from: end, to: end, text: `,${line}` }];
  return [
    { from: end, to: end, text: "," },
    { from: at, to: at, text: line },
  ];
}

function insertBefore(
  text: string,
  { node }: Holder,
  next: Item,
  written: string,
  { style, indent }: Stand,
): readonly Splice[] {
  if (!beginsLine(text, next.offset)) {
    return [{ from: next.offset, to: next.offset, text: `${written}${style.comma}` }];
  }
  const at = startWithComments(text, node.offset + 1, next.offset);
  return [{ from: at, to: at, text: `${indent}${written},${style.lineBreak}` }];
}

// The comments right above an entry, with no empty line between, belong to it.
function startWithComments(text: string, open: number, offset: number): number {
  let start = lineStart(text, offset);
  const gap = gapAfter(text, open).filter(({ kind }) => kind !== "space");
  for (let at = gap.length - 1; at >= 0; at -= 1) {
    const [before, piece, after] = [gap[at - 1], gap[at], gap[at + 1]];
    if (piece === undefined || !isComment(piece)) continue;
    const isAbove = after?.kind === "line-break" && gap[at + 2]?.kind !== "line-break";
    if (!isAbove || before?.kind !== "line-break") break;
    start = lineStart(text, piece.offset);
  }
  return start;
}

function fill(text: string, { node }: Holder, write: Writing, style: Style): readonly Splice[] {
  const [open, close] = [node.offset + 1, endOf(node) - 1];
  const outer = indentAt(text, node.offset);
  const comment = gapAfter(text, open).findLast(isComment);
  if (isFlat(text, node, style) && comment?.kind !== "line-comment") {
    const written = write({ style, indent: outer, flat: true });
    if (comment !== undefined) return [{ from: comment.end, to: comment.end, text: ` ${written}` }];
    const pad = node.type === "array" ? "" : style.pad;
    return [{ from: open, to: close, text: `${pad}${written}${pad}` }];
  }
  const indent = `${outer}${style.unit}`;
  const written = write({ style, indent, flat: false });
  const line = `${style.lineBreak}${indent}${written}${style.trailing ? "," : ""}`;
  const end = `${style.lineBreak}${outer}`;
  if (comment === undefined) return [{ from: open, to: close, text: `${line}${end}` }];
  const isLast = !/[\r\n]/u.test(text.slice(comment.end, close));
  return [{ from: comment.end, to: comment.end, text: isLast ? `${line}${end}` : line }];
}

function isFlat(text: string, { parent }: Node, style: Style): boolean {
  if (style.oneLine) return true;
  return parent !== undefined && !beginsLine(text, parent.offset);
}
