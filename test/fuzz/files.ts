import * as fc from "fast-check";
import { baseTexts, bases, canary } from "./bases.ts";

/** Ways in which a file comes to be wrong, each an endless supply of such files. */

type Made = fc.Arbitrary<string | Uint8Array>;

const pieces = ["[", "]", "{", "}", ",", ":", '"', "\\", "/", "*", " ", "\r", "\n", "\u2028", "1"];

const soup = fc
  .tuple(
    fc.string({ maxLength: 4 }),
    fc.string({ unit: fc.constantFrom(...pieces), minLength: 1, maxLength: 8 }),
    fc.constantFrom(1, 10, 1_000),
  )
  .map(([start, piece, times]) => start + piece.repeat(times));

const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "default"];

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, true, "", " ", "30", -1, 0, 0.5, 1e9, 1e308, "true", "Infinity", [], {}),
  fc.constantFrom(...names, canary, "env:", "env:1x", "file:", "file:x", "${", "${A", "http://"),
  fc.constantFrom("https://u:p@h/v1", "https://h/?key=1", "https://h/#x", "//h", "ftp://h"),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.nat(300).map((length) => "x".repeat(length * 100)),
);

type Spot = { readonly holder: Record<string, unknown> | unknown[]; readonly key: string };

function spotsIn(value: unknown): readonly Spot[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...spotsIn(holder[key])]);
}

type Change = {
  readonly at: number;
  readonly how: "replace" | "delete" | "rename" | "copy" | "wrap";
  readonly to: number;
  readonly value: unknown;
  readonly name: string;
};

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom("replace", "delete", "rename", "copy", "wrap"),
  to: fc.nat(),
  value: junk,
  name: fc.oneof(fc.constantFrom(...names, "timeuot", "Timeout", ""), fc.string({ maxLength: 6 })),
});

function changed(base: object, changes: readonly Change[]): object {
  const copy = structuredClone(base);
  for (const { at, how, to, value, name } of changes) {
    const spots = spotsIn(copy);
    const spot = spots[at % Math.max(1, spots.length)];
    if (spot === undefined) continue;
    const holder = spot.holder as Record<string, unknown>;
    const held = holder[spot.key];
    if (how === "replace") holder[spot.key] = value;
    if (how === "wrap") holder[spot.key] = [held];
    if (how === "delete" || how === "rename") delete holder[spot.key];
    if (how === "rename" && !Array.isArray(holder)) define(holder, name, held);
    const other = spots[to % spots.length];
    if (how === "copy" && other !== undefined) {
      holder[spot.key] = structuredClone((other.holder as Record<string, unknown>)[other.key]);
    }
  }
  return copy;
}

// As JSON has it: `__proto__` is a name like any other.
function define(holder: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(holder, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

const mistaken = fc
  .tuple(fc.constantFrom(...bases), fc.array(change, { minLength: 1, maxLength: 4 }))
  .chain(([base, changes]) =>
    fc
      .tuple(fc.constantFrom(undefined, 2, "\t"), fc.constantFrom("", "\uFEFF", "// a file\n"))
      .map(([indent, start]) => start + JSON.stringify(changed(base, changes), null, indent)),
  );

const slice = fc.record({ from: fc.nat(), length: fc.nat(40), to: fc.nat(), keep: fc.boolean() });

const cutUp = fc
  .tuple(fc.constantFrom(...baseTexts), fc.array(slice, { minLength: 1, maxLength: 4 }))
  .map(([text, slices]) =>
    slices.reduce((now, { from, length, to, keep }) => {
      const start = from % (now.length + 1);
      const piece = now.slice(start, start + length);
      const rest = keep ? now : now.slice(0, start) + now.slice(start + length);
      const end = to % (rest.length + 1);
      return rest.slice(0, end) + piece + rest.slice(end);
    }, text),
  );

const flipped = fc
  .tuple(fc.constantFrom(...baseTexts), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }))
  .map(([text, flips]) => {
    const bytes = new TextEncoder().encode(text);
    for (const [at, value] of flips) bytes[at % bytes.length] = value;
    return bytes;
  });

const halfWritten = fc
  .tuple(fc.constantFrom(...baseTexts), fc.nat())
  .map(([text, length]) => text.slice(0, length % text.length));

const anyJson = fc
  .json({ maxDepth: 4 })
  .chain((text) =>
    fc.constantFrom(
      text,
      `{"providers": ${text}}`,
      `{"providers": {"a": ${text}}}`,
      `{"providers": {}, "routes": ${text}}`,
      `{"providers": {}, "model_selection": ${text}}`,
    ),
  );

const deep = fc
  .tuple(fc.constantFrom("[", '{"a":', '{"providers":{"a":'), fc.constantFrom(10, 63, 64, 65, 900))
  .map(([opening, times]) => opening.repeat(times));

/** Files of each kind; the first ones are made most often. */
export const kinds: Readonly<Record<string, { readonly made: Made; readonly share: number }>> = {
  "a good file with mistakes in it": { made: mistaken, share: 0.4 },
  "a good file cut up": { made: cutUp, share: 0.2 },
  "a good file with bytes flipped": { made: flipped, share: 0.1 },
  "half a file": { made: halfWritten, share: 0.08 },
  "any JSON": { made: anyJson, share: 0.1 },
  "any text": { made: fc.string({ unit: "binary", maxLength: 100 }), share: 0.04 },
  "any bytes": { made: fc.uint8Array({ maxLength: 200 }), share: 0.04 },
  "brackets that fit nothing": { made: soup, share: 0.03 },
  "deep nesting": { made: deep, share: 0.01 },
};

/** Files too large to make often; the first ones over what is read at all. */
export const giants: readonly string[] = [
  " ".repeat(10_000_000),
  `{"providers": {"a": "${"x".repeat(10_000_000)}"}}`,
  `{"providers": {${'"a": {}, '.repeat(900_000)}}}`,
  `{"a": ${"[".repeat(500_000)}`,
  ...["[},", "{],", '{"a":[},', '"\u2028" [', '"\\\n" [', "[1,", "/*/ ["].map((piece) =>
    piece.repeat(100_000),
  ),
  JSON.stringify({ providers: Object.fromEntries(Array.from({ length: 999 }, (_, i) => [i, {}])) }),
  ...["x", "a1", " ", "-", "é", "sk-", "${", "/", "1."].flatMap(long),
];

// One text of nearly a megabyte in each place where a text may stand.
function long(piece: string): readonly string[] {
  const text = piece.repeat(950_000 / piece.length);
  const one = { api_endpoint: "https://a.example/v1", api_key: canary, model_name: "m" };
  const settings = ["api_endpoint", "api_key", "model_name", "account", "provider_name", "vendor"];
  return [
    ...settings.map((key) => JSON.stringify({ providers: { one: { ...one, [key]: text } } })),
    JSON.stringify({ providers: { [text]: one } }),
    JSON.stringify({ providers: { one }, routes: { r: { providers: [text] } } }),
    JSON.stringify({ providers: { one: { ...one, headers: { a: text } } } }),
    JSON.stringify({ providers: { one: { ...one, capabilities: [text] } } }),
    `{"providers": {}} // ${text}`,
  ];
}
