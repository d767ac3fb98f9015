import type { Path } from "../document.ts";
import { indentAt, beginsLine } from "./gap.ts";
import { insertAt } from "./insert.ts";
import { removeAt } from "./remove.ts";
import { applySplices } from "./splice.ts";
import type { Splice } from "./splice.ts";
import { styleOf, unitOf } from "./style.ts";
import type { Style } from "./style.ts";
import { endOf, holderOf, indexIn, nodeAt, readTree } from "./tree.ts";
import type { Holder, Item } from "./tree.ts";
import { writeEntry, writeValue } from "./write-value.ts";

/** One change of a text: the rest of it stays as it is, byte for byte. */
export type Change =
  /** What stands at the path is replaced; where nothing does, it is put there. */
  | { readonly do: "put"; readonly path: Path; readonly value: unknown; readonly at?: Position }
  | { readonly do: "take"; readonly path: Path };

/** Where something new goes among its neighbours; left out: to the end. */
export type Position = "first" | { readonly after: string };

/** Makes changes one after the other in a text that is JSON with comments. */
export function applyChanges(text: string, changes: readonly Change[]): string {
  return changes.reduce((now, change) => applySplices(now, splicesOf(now, change)), text);
}

function splicesOf(text: string, change: Change): readonly Splice[] {
  const root = readTree(text);
  const style = styleOf(text, root);
  const { path } = change;
  const holder = holderOf(nodeAt(root, path.slice(0, -1)));
  const part = path.at(-1);
  if (part === undefined) throw new Error("a file is not changed as a whole");
  if (change.do === "take") {
    const index = holder === null ? -1 : indexIn(holder, part);
    return holder === null || index === -1 ? [] : removeAt(text, holder, index);
  }
  if (holder === null) return splicesOf(text, outwards(change));
  const existing = holder.items[indexIn(holder, part)];
  if (existing !== undefined) return replace(text, existing, change.value, style);
  const index = placeIn(holder, change.at);
  return insertAt(
    text,
    holder,
    index,
    (stand) =>
      holder.isList
        ? writeValue(change.value, stand)
        : writeEntry(String(part), change.value, stand),
    style,
  );
}

// What should hold it is not there either: it is put there with its one entry.
function outwards({ path, value }: Change & { readonly do: "put" }): Change {
  const part = path.at(-1);
  if (path.length < 2 || part === undefined) throw new Error("the file holds no object");
  const wrapped = typeof part === "number" ? [value] : { [part]: value };
  return { do: "put", path: path.slice(0, -1), value: wrapped };
}

function placeIn(holder: Holder, at: Position | undefined): number {
  if (at === "first") return 0;
  const index = at === undefined ? -1 : indexIn(holder, at.after);
  return index === -1 ? holder.items.length : index + 1;
}

function replace(text: string, item: Item, value: unknown, style: Style): readonly Splice[] {
  const { offset } = item.value;
  const end = endOf(item.value);
  const holder = holderOf(item.value);
  const isTall = /[\r\n]/u.test(text.slice(offset, end));
  const isWide = holder !== null && holder.items.length > 0 && !isTall;
  const flat = isWide || !beginsLine(text, item.offset);
  const unit = (holder && unitOf(text, holder)) ?? style.unit;
  // A list that goes over several lines keeps to that.
  const listsOnOneLine = holder?.isList === true ? !isTall : style.listsOnOneLine;
  const own = { ...style, unit, listsOnOneLine };
  const indent = indentAt(text, item.offset);
  return [{ from: offset, to: end, text: writeValue(value, { style: own, indent, flat }) }];
}
