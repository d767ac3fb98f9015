import type { Node, ParseError } from "jsonc-parser";
import { findNodeAtLocation, parseTree } from "jsonc-parser";

/** A way into the file: names of keys and places in lists. */
export type Path = readonly (string | number)[];

// Both count from 1.
type Place = { readonly line: number; readonly column: number };

/** One key of an object as it is written, with its place. */
export type Entry = { readonly name: string; readonly offset: number };

// An object or a list: a list has no keys.
type Holder = {
  readonly path: Path;
  readonly size: number;
  readonly entries: readonly Entry[];
};

/** A file read as a syntax tree: values, the order of keys, and the place of everything. */
export type Document = {
  readonly value: unknown;
  readonly errors: readonly ParseError[];
  /** Where the value ends. */
  readonly end: number;
  /** The keys of the object at a path in the file's order, repeated ones too. */
  readonly entries: (path: Path) => readonly Entry[];
  /** Every object and list of the file, from the outside in. */
  readonly holders: () => Iterable<Holder>;
  /** The value at a path; where there is none, the key that should have held it. */
  readonly placeOf: (path: Path) => Place;
  readonly placeAt: (offset: number) => Place;
};

/** The names that would reach into every object of the program. */
export const forbiddenNames: ReadonlySet<string> = new Set([
  "__proto__",
  "constructor",
  "prototype",
]);

/** Reads JSON, comments and trailing commas allowed; its nesting must have been bounded before. */
export function readDocument(text: string): Document {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  const starts = lineStarts(text);
  const placeAt = (offset: number): Place => placeIn(starts, offset);
  return {
    value: root === undefined ? undefined : valueOf(root),
    errors,
    end: root === undefined ? 0 : root.offset + root.length,
    entries: (path) => entriesOf(nodeAt(root, path)),
    holders: () => holdersOf(root, []),
    placeOf: (path) => placeAt(offsetOf(root, path)),
    placeAt,
  };
}

function nodeAt(root: Node | undefined, path: Path): Node | undefined {
  return root === undefined ? undefined : findNodeAtLocation(root, [...path]);
}

// From the tree and not by `parse`, which would set `__proto__`; the last of a repeated key holds.
function valueOf(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(valueOf);
  if (node.type !== "object") return node.value as unknown;
  const object: Record<string, unknown> = {};
  for (const [key, value] of propertiesOf(node)) {
    const name = String(key.value);
    if (!forbiddenNames.has(name) && value !== undefined) object[name] = valueOf(value);
  }
  return object;
}

function entriesOf(node: Node | undefined): readonly Entry[] {
  return propertiesOf(node).map(([key]) => ({ name: String(key.value), offset: key.offset }));
}

function* holdersOf(node: Node | undefined, path: Path): Iterable<Holder> {
  if (node?.type === "array") {
    const items = node.children ?? [];
    yield { path, size: items.length, entries: [] };
    for (const [index, item] of items.entries()) yield* holdersOf(item, [...path, index]);
  }
  if (node?.type !== "object") return;
  const entries = entriesOf(node);
  yield { path, size: entries.length, entries };
  for (const [key, value] of propertiesOf(node)) {
    yield* holdersOf(value, [...path, String(key.value)]);
  }
}

function propertiesOf(node: Node | undefined): [Node, Node | undefined][] {
  if (node?.type !== "object") return [];
  return (node.children ?? []).flatMap(({ children }): [Node, Node | undefined][] =>
    children?.[0] === undefined ? [] : [[children[0], children[1]]],
  );
}

function offsetOf(root: Node | undefined, path: Path): number {
  const exact = nodeAt(root, path);
  if (exact !== undefined) return exact.offset;
  if (path.length === 0) return 0;
  const holder = nodeAt(root, path.slice(0, -1));
  if (holder === undefined) return offsetOf(root, path.slice(0, -1));
  return holder.parent?.type === "property" ? holder.parent.offset : holder.offset;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/gu)) starts.push(match.index + match[0].length);
  return starts;
}

function placeIn(starts: readonly number[], offset: number): Place {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
