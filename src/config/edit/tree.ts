import type { Node } from "jsonc-parser";
import { parseTree } from "jsonc-parser";
import type { Path } from "../document.ts";

/** One entry of an object, or one value of a list, with where it begins and ends in the text. */
export type Item = {
  /** `null` in a list. */
  readonly name: string | null;
  readonly offset: number;
  readonly end: number;
  readonly value: Node;
};

/** An object or a list as it stands in the text. */
export type Holder = {
  readonly node: Node;
  readonly isList: boolean;
  readonly items: readonly Item[];
};

/** The syntax tree of a text that is known to be JSON with comments. */
export function readTree(text: string): Node {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root === undefined) throw new Error("the text is not JSON");
  return root;
}

/** What an object or a list holds; `null` for any other value. */
export function holderOf(node: Node | undefined): Holder | null {
  if (node?.type === "array") {
    const items = (node.children ?? []).map((value) => ({
      name: null,
      offset: value.offset,
      end: endOf(value),
      value,
    }));
    return { node, isList: true, items };
  }
  if (node?.type !== "object") return null;
  const items = (node.children ?? []).flatMap(({ children }): readonly Item[] => {
    const [key, value] = children ?? [];
    if (key === undefined || value === undefined) return [];
    return [{ name: String(key.value), offset: key.offset, end: endOf(value), value }];
  });
  return { node, isList: false, items };
}

/** The place in a holder of the item that a part of a path names; -1 if there is none. */
export function indexIn({ isList, items }: Holder, part: Path[number]): number {
  if (isList) return typeof part === "number" && part < items.length ? part : -1;
  // Of a repeated name the last counts, as for the loader.
  return items.findLastIndex(({ name }) => name === part);
}

/** The value at a path. */
export function nodeAt(root: Node, path: Path): Node | undefined {
  return path.reduce<Node | undefined>((node, part) => {
    const holder = holderOf(node);
    return holder === null ? undefined : holder.items[indexIn(holder, part)]?.value;
  }, root);
}

/** Where a node ends. */
export function endOf({ offset, length }: Node): number {
  return offset + length;
}
