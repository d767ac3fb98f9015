import type { Path } from "../../document.ts";
import type { Position } from "../../edit/change.ts";
import { applyChanges } from "../../edit/change.ts";
import { indentAt } from "../../edit/gap.ts";
import { applySplices } from "../../edit/splice.ts";
import type { Item } from "../../edit/tree.ts";
import { endOf, holderOf, indexIn, nodeAt, readTree } from "../../edit/tree.ts";

/** Moves a value to a place where nothing is, as it is written, with the comments in it. */
export function moveValue(text: string, from: Path, to: Path, at?: Position): string {
  const change = { do: "put", path: to, value: null, ...(at !== undefined && { at }) } as const;
  const made = applyChanges(text, [change]);
  const [source, target] = [itemAt(made, from), itemAt(made, to)];
  const [old, now] = [indentAt(made, source.offset), indentAt(made, target.offset)];
  const written = made
    .slice(source.value.offset, endOf(source.value))
    .replace(/(\r\n|\n|\r)([ \t]*)/gu, (_, lineBreak: string, indent: string) =>
      indent.startsWith(old) ? lineBreak + now + indent.slice(old.length) : lineBreak + indent,
    );
  const { offset } = target.value;
  const moved = applySplices(made, [{ from: offset, to: endOf(target.value), text: written }]);
  return applyChanges(moved, [{ do: "take", path: from }]);
}

/** Gives an entry of an object another name, and leaves all else as it is. */
export function renameEntry(text: string, path: Path, name: string): string {
  const { offset, value } = itemAt(text, path);
  const key = value.parent?.children?.[0];
  if (key === undefined) throw new Error(`${path.join(".")} is no entry`);
  return applySplices(text, [{ from: offset, to: endOf(key), text: JSON.stringify(name) }]);
}

function itemAt(text: string, path: Path): Item {
  const holder = holderOf(nodeAt(readTree(text), path.slice(0, -1)));
  const part = path.at(-1);
  const item =
    holder === null || part === undefined ? undefined : holder.items[indexIn(holder, part)];
  if (item === undefined) throw new Error(`nothing stands at ${path.join(".")}`);
  return item;
}
