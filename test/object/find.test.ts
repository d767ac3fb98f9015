import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findObjects } from "../../src/object/find.ts";
import { scanValue } from "../../src/object/scan.ts";

/** The finder: whatever stands around an object, it is found, and nothing else is made of it. */

function signs(each: string, ...more: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(each), ...more);
}

const objects = fc
  .dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 })
  .map((value) => JSON.stringify(value, null, 2));

// Prose may hold braces, brackets, quotes and colons; a key with its colon is no prose but JSON.
const prose = fc
  .string({ unit: signs("{}[]\"\\:,'<> \n\tab小1-`null") })
  .filter((text) => !/"\s*:/u.test(text) && !/<\/?(think|thought|reason)/iu.test(text));

const fences = fc.constantFrom("", "```json\n", "```\n", "好的：\n", "<think>so {it} is</think>");

describe("an object in the middle of prose", () => {
  test("is found, and is what JSON.parse makes of it", () => {
    fc.assert(
      fc.property(prose, fences, objects, prose, (before, fence, object, after) => {
        const end = before.endsWith('"') && fence === "" ? " " : "";
        const text = `${before}${end}${fence}${object}${after}`;
        const found = findObjects(text, false).candidates.map((candidate) => candidate.text);
        // Brackets on both sides of it make it a list.
        const listed = found.some((one) => one.startsWith("[") && one.includes(object));
        expect(found.includes(object) || listed).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test("whatever is found in any text is JSON, but for commas with nothing after them", () => {
    const anything = fc.string({ unit: signs('{}[]":,a1.e-+\\u00 \n', "true", "{}") });
    fc.assert(
      fc.property(anything, fc.boolean(), (text, cut) => {
        for (const candidate of findObjects(text, cut).candidates) {
          const { start, end, commas } = candidate;
          expect(text.slice(start, end)).toBe(candidate.text);
          const kept = Array.from(candidate.text)
            .filter((_, index) => !commas.includes(index))
            .join("");
          expect(() => JSON.parse(kept) as unknown).not.toThrow();
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test("of a text that was cut within it, nothing is found", () => {
    fc.assert(
      fc.property(objects, fc.nat(), (object, place) => {
        const length = 1 + (place % (object.length - 1));
        const text = object.slice(0, length);
        expect(findObjects(text, true).candidates).toEqual([]);
        expect(findObjects(`[${text}`, true).candidates).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a part of what broke is never found as the whole", () => {
  const part = '{"title":"x"}';
  test.each([
    ["the value of a key", `{'a': 1, "b": ${part}}`],
    ["the value of a key, on its own line", `{'a': 1, "b" :\n  ${part}}`],
    ["within a list of a broken object", `{"entry": [${part}, oops`],
    ["within a list of a broken object of a list", `[{"entry": [1, ${part}, oops`],
    ["after the place where it broke", `{"a" 1, "b": ${part}}`],
  ])("%s", (_what, text) => {
    expect(findObjects(text, false).candidates).toEqual([]);
  });

  test.each([`[${part}, {"tit`, `[${part}, nul`, `[${part}, -`, `[${part}`, `[1, ${part},\n`])(
    "a list that was cut: %s",
    (text) => {
      expect(findObjects(text, true).candidates).toEqual([]);
      // Without a cut the bracket may be prose.
      expect(findObjects(text, false).candidates.map((one) => one.text)).toContain(part);
    },
  );
});

const near = objects.chain((object) =>
  fc
    .tuple(fc.nat(object.length - 1), signs('{}[]":,0 a\\'))
    .map(([at, sign]) => object.slice(0, at) + sign + object.slice(at + 1)),
);

describe("a key that is none", () => {
  const broken = [
    ...['{"title":"a", n:1}', '{"title":"a", ...}', '{"title":"a",,"n":1}', `{"title":"a",'n':1}`],
    ...['{"title":"a",/* x */"n":1}', '{"title":{"a":1, b:2}}', '{"a":1,{', '{"a":1,"b'],
  ];
  test.each(broken)("%s: the search goes on behind the place where it broke", (text) => {
    const scan = scanValue(text, 0);
    expect(scan.complete).toBe(false);
    // A search that went back would never end.
    expect("at" in scan ? scan.at : 0).toBeGreaterThan(6);
    expect(findObjects(text, false).candidates).toEqual([]);
    const found = findObjects(`${text} Once more: {"good":1}`, false).candidates;
    const within = text.endsWith('"b') ? [] : ['{"good":1}'];
    expect(found.map((one) => one.text)).toEqual(within);
  });

  test("no value breaks before it begins", () => {
    fc.assert(
      fc.property(fc.string({ unit: signs('{}[]":,a1 ') }), near, (before, text) => {
        const scan = scanValue(before + text, before.length);
        fc.pre(!scan.complete);
        expect(scan.at).toBeGreaterThanOrEqual(before.length);
        expect(scan.at).toBeLessThanOrEqual(before.length + text.length);
        for (const open of scan.open) expect(open).toBeLessThan(scan.at);
      }),
      { numRuns: 3_000 },
    );
  });
});

test("scanning agrees with JSON.parse on what is one object", () => {
  fc.assert(
    fc.property(near, (text) => {
      fc.pre(text.startsWith("{"));
      const scan = scanValue(text, 0);
      const whole = scan.complete && scan.end === text.length && scan.commas.length === 0;
      expect(whole).toBe(isJson(text));
    }),
    { numRuns: 3_000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const cruel: readonly (readonly [what: string, piece: string])[] = [
  ["opening braces", "{"],
  ["opening brackets", "["],
  ["objects that never end", '{"a":'],
  ["lists that never end", "[1,"],
  ["lists in lists in objects", '[{"a":['],
  ["keys that hold a brace", '{"{"'],
  ["braces within one text", '{"x{'],
  ["escaped quotes", '{\\"'],
  ["empty objects", "{}"],
  ["blanks", "{   "],
  ["reasoning that never ends", "<think>"],
  ["ends of reasoning", "{}</think>"],
  ["openings of tags", "<think"],
];

test.each(cruel)("a megabyte of %s is read through in one pass", (_what, piece) => {
  const text = piece.repeat(Math.floor(1_000_000 / piece.length));
  // A pass for each piece would take minutes.
  expect(findObjects(text, false).candidates.length).toBeLessThanOrEqual(64);
  expect(findObjects(`"${text}`, true).candidates.length).toBeLessThanOrEqual(64);
});
