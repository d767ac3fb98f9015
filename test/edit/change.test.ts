import fc from "fast-check";
import { parse } from "jsonc-parser";
import type { ParseError } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import { applyChanges } from "../../src/config/edit/change.ts";
import type { Change, Position } from "../../src/config/edit/change.ts";
import { gapAfter } from "../../src/config/edit/gap.ts";
import { endOf, holderOf, indexIn, nodeAt, readTree } from "../../src/config/edit/tree.ts";
import type { Pick } from "./written.ts";
import { chance, drawHand, write } from "./written.ts";

/** Changes of texts: whatever a file looks like, only what is meant changes. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Table = { readonly [name: string]: Json };

const names = ["a", "b", "timeout", "qwen", "x-1", "ü", "with space", 'quo"te', "//", "/*", "}"];
const leaf = fc.constantFrom<Json>(1, 0.5, true, null, "text", "// no", "/* no", ",", "}", '"', "");
const table: fc.Arbitrary<Table> = fc.letrec<{ value: Json; table: Table }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(leaf, { maxLength: 3 }),
    tie("table"),
  ),
  table: fc.dictionary(fc.constantFrom(...names), tie("value"), { maxKeys: 4 }),
})).table;

const runs = { numRuns: 2_000 };

function read(text: string, allowTrailingComma = true): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma });
  expect(errors).toEqual([]);
  return value;
}

/** A table in the file, and the way to it. */
function drawTable(pick: Pick, root: Table): { path: string[]; held: Table } {
  let [path, held]: [string[], Table] = [[], root];
  for (;;) {
    const inner = Object.entries(held).filter(([, one]) => isTable(one));
    if (inner.length === 0 || pick(true, false)) return { path, held };
    const [name, one] = pick(...inner);
    [path, held] = [[...path, name], one as Table];
  }
}

function isTable(value: Json): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value with the table at a path made another. */
function withTable(root: Json, path: readonly string[], made: (held: Table) => Table): Json {
  const [first, ...rest] = path;
  if (!isTable(root)) return root;
  if (first === undefined) return made(root);
  return Object.fromEntries(
    Object.entries(root).map(([name, one]) => [
      name,
      name === first ? withTable(one, rest, made) : one,
    ]),
  );
}

function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:\/\/|\/\*) c(\d+)/gu)].map(([, number = ""]) => number);
}

/** Everything there is to say of a text that was changed in whatever way. */
function expectWhole(before: string, after: string, expected: Json): void {
  const value = read(after);
  // The order of names is compared too.
  expect(JSON.stringify(value)).toBe(JSON.stringify(expected));
  const errors: ParseError[] = [];
  parse(before, errors, { allowTrailingComma: false });
  if (errors.length === 0) read(after, false);
  for (const [lone, other] of [
    [/\r(?!\n)/u, /\n/u],
    [/\r\n/u, /(?<!\r)\n/u],
  ] as const) {
    if (lone.test(before) && !other.test(before)) expect(after).not.toMatch(other);
  }
}

/** Whether a text comes from another by putting something in at `most` places. */
function isFilledFrom(shorter: string, longer: string, most: number): boolean {
  let start = 0;
  while (start < shorter.length && shorter[start] === longer[start]) start += 1;
  let end = 0;
  while (end < shorter.length - start && shorter.at(-1 - end) === longer.at(-1 - end)) end += 1;
  if (start + end === shorter.length) return true;
  if (most === 1) return false;
  // The first is a comma, which stands alone.
  const rest = longer[start] === "," ? longer.slice(start + 1) : null;
  return rest !== null && isFilledFrom(shorter.slice(start), rest, most - 1);
}

describe("a change of a text", () => {
  test("puts a new entry where it is meant to be, and only adds to the text", () => {
    fc.assert(
      fc.property(table, leaf, table, fc.integer(), (root, plain, rich, seed) => {
        const pick = chance(seed);
        const before = write(root, drawHand(pick), pick);
        const { path, held } = drawTable(pick, root);
        const present = Object.keys(held);
        const value = pick<Json>(plain, rich);
        const at = pick<Position | undefined>(
          undefined,
          "first",
          ...present.map((after) => ({ after })),
        );
        const change: Change = {
          do: "put",
          path: [...path, "new"],
          value,
          ...(at === undefined ? {} : { at }),
        };
        const after = applyChanges(before, [change]);
        const index = at === undefined ? -1 : at === "first" ? 0 : present.indexOf(at.after) + 1;
        const expected = withTable(root, path, (old) => {
          const entries = Object.entries(old);
          entries.splice(index === -1 ? entries.length : index, 0, ["new", value]);
          return Object.fromEntries(entries);
        });
        expectWhole(before, after, expected);
        expect(commentsOf(after), JSON.stringify([before, after])).toEqual(commentsOf(before));
        if (present.length > 0) expect(isFilledFrom(before, after, 2)).toBe(true);
        const back = applyChanges(after, [{ do: "take", path: [...path, "new"] }]);
        expectWhole(before, back, root);
        expect(commentsOf(back), JSON.stringify([before, after, back])).toEqual(commentsOf(before));
      }),
      runs,
    );
  });

  test("takes an entry out, with its line and nothing else", () => {
    fc.assert(
      fc.property(table, fc.integer(), (root, seed) => {
        const pick = chance(seed);
        const before = write(root, drawHand(pick), pick);
        const { path, held } = drawTable(pick, root);
        const present = Object.keys(held);
        if (present.length === 0) return;
        const name = pick(...present);
        const after = applyChanges(before, [{ do: "take", path: [...path, name] }]);
        const expected = withTable(root, path, (old) => {
          return Object.fromEntries(Object.entries(old).filter(([one]) => one !== name));
        });
        expectWhole(before, after, expected);
        const { start, lineEnd } = placeIn(before, [...path, name]);
        const gone = new Set(commentsOf(before.slice(start, lineEnd)));
        const kept = commentsOf(before).filter((one) => !gone.has(one));
        const shown = JSON.stringify([before, after]);
        expect(
          commentsOf(after).filter((one) => !gone.has(one)),
          shown,
        ).toEqual(kept);
        const previous = before.slice(0, placeIn(before, path).start);
        expect(after.startsWith(previous), shown).toBe(true);
        expect(after.endsWith(before.slice(lineEnd).trimStart()), shown).toBe(true);
      }),
      runs,
    );
  });

  test("replaces a value, and leaves what is before and after it", () => {
    fc.assert(
      fc.property(table, leaf, table, fc.integer(), (root, plain, rich, seed) => {
        const pick = chance(seed);
        const before = write(root, drawHand(pick), pick);
        const { path, held } = drawTable(pick, root);
        const present = Object.keys(held);
        if (present.length === 0) return;
        const name = pick(...present);
        const value = pick<Json>(plain, rich, [plain, plain]);
        const change: Change = { do: "put", path: [...path, name], value };
        const after = applyChanges(before, [change]);
        const expected = withTable(root, path, (old) => ({ ...old, [name]: value }));
        expectWhole(before, after, expected);
        const node = nodeAt(readTree(before), [...path, name]);
        if (node === undefined) throw new Error("it is there");
        expect(after.startsWith(before.slice(0, node.offset))).toBe(true);
        expect(after.endsWith(before.slice(endOf(node)))).toBe(true);
        const was = held[name] ?? null;
        const back = applyChanges(after, [{ do: "put", path: [...path, name], value: was }]);
        expectWhole(before, back, root);
      }),
      runs,
    );
  });

  test("takes a name out of a list, and leaves the others as they stand", () => {
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 1, maxLength: 4 }), fc.integer(), (list, seed) => {
        const pick = chance(seed);
        const before = write({ list }, drawHand(pick), pick);
        const index = pick(...list.keys());
        const after = applyChanges(before, [{ do: "take", path: ["list", index] }]);
        expectWhole(before, after, { list: list.toSpliced(index, 1) });
      }),
      runs,
    );
  });
});

/** Where an entry stands, and where the line ends on which its comma stands. */
function placeIn(text: string, path: readonly string[]) {
  const root = readTree(text);
  const holder = holderOf(nodeAt(root, path.slice(0, -1)));
  const item = path.length === 0 ? undefined : holder?.items[indexIn(holder, path.at(-1) ?? "")];
  const { offset: start, end } = item ?? { offset: root.offset, end: endOf(root) };
  const comma = gapAfter(text, end).find(({ kind }) => kind === "comma");
  const breakAt = gapAfter(text, comma?.end ?? end).find(({ kind }) => kind === "line-break");
  return { start, lineEnd: breakAt?.end ?? comma?.end ?? end };
}
