import type { Node } from "jsonc-parser";
import { beginsLine, gapAfter, indentAt } from "./gap.ts";
import type { Holder, Item } from "./tree.ts";
import { holderOf } from "./tree.ts";

/** How a file is written, as far as something new in it is to look the same. */
export type Style = {
  /** Of one level more. */
  readonly unit: string;
  readonly lineBreak: string;
  /** Between a name and its value. */
  readonly colon: string;
  /** Between two values on one line. */
  readonly comma: string;
  /** Inside the braces of an object on one line. */
  readonly pad: string;
  /** Whether a comma stands after the last entry of what goes over several lines. */
  readonly trailing: boolean;
  /** Whether lists of texts and numbers stand on one line. */
  readonly listsOnOneLine: boolean;
  /** Whether the whole file stands on one line. */
  readonly oneLine: boolean;
};

/** Reads the style of a file off its first things that show it. */
export function styleOf(text: string, root: Node): Style {
  const holders = [...allHolders(root)].filter(({ items }) => items.length > 0);
  const tall = holders.filter(({ items }) => beginsLine(text, items[0]?.offset ?? 0));
  const lists = holders.filter(({ isList, items }) => isList && items.every(isPlain));
  const named = holders.find(({ isList }) => !isList)?.items[0];
  const colon = named === undefined ? ": " : colonOf(text, named);
  const oneLine = !/[\r\n]/u.test(text.trim());
  const unit = tall.map((holder) => unitOf(text, holder)).find((one) => one !== null && one !== "");
  const trailing = tall.filter(({ items }) => endsWithComma(text, items)).length;
  return {
    unit: unit ?? (tall.length > 0 ? "" : "  "),
    lineBreak: /\r\n|\n|\r/u.exec(text)?.[0] ?? "\n",
    colon,
    comma: commaOf(text, holders) ?? (oneLine && colon === ":" ? "," : ", "),
    pad: padOf(text, holders) ?? (oneLine && colon === ":" ? "" : " "),
    trailing: trailing * 2 > tall.length,
    listsOnOneLine: lists.length === 0 || lists.some((list) => !tall.includes(list)),
    oneLine,
  };
}

/** What stands between the name of an entry and its value, where that is no comment. */
export function colonOf(text: string, { offset, value }: Item): string {
  const between = text.slice(offset, value.offset);
  return /"([ \t]*:[ \t]*)$/u.exec(between)?.[1] ?? ": ";
}

/** By how much the entries of a holder stand further in than itself; `null`: they do not. */
export function unitOf(text: string, { node, items }: Holder): string | null {
  const [first] = items;
  if (first === undefined || !beginsLine(text, first.offset)) return null;
  const outer = indentAt(text, node.offset);
  const inner = indentAt(text, first.offset);
  return inner.startsWith(outer) ? inner.slice(outer.length) : null;
}

function* allHolders(node: Node): Iterable<Holder> {
  const holder = holderOf(node);
  if (holder === null) return;
  yield holder;
  for (const { value } of holder.items) yield* allHolders(value);
}

function isPlain({ value }: Item): boolean {
  return value.type !== "object" && value.type !== "array";
}

function endsWithComma(text: string, items: readonly Item[]): boolean {
  const last = items.at(-1);
  return last !== undefined && gapAfter(text, last.end).some(({ kind }) => kind === "comma");
}

function commaOf(text: string, holders: readonly Holder[]): string | undefined {
  for (const { items } of holders) {
    const between = text.slice(items[0]?.end, items[1]?.offset);
    if (items.length > 1 && /^,[ \t]*$/u.test(between)) return between;
  }
  return undefined;
}

function padOf(text: string, holders: readonly Holder[]): string | undefined {
  for (const { node, isList, items } of holders) {
    const before = text.slice(node.offset + 1, items[0]?.offset);
    if (!isList && /^[ \t]*$/u.test(before)) return before;
  }
  return undefined;
}
