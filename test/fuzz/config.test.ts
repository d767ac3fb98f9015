import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baseTexts } from "./bases.ts";
import { giants, kinds } from "./files.ts";
import { complaint } from "./judge.ts";

/** Whatever a file holds, loading ends with a snapshot or with problems that have place and cure. */

const cases = 5_000;

test("the files that the others are made from can be used", () => {
  expect(baseTexts.map(complaint)).toEqual(baseTexts.map(() => null));
});

describe("5,000 wrong files; more with npm run fuzz:config", () => {
  test.each(Object.entries(kinds))("%s", (_, { made, share }) => {
    const runs = { numRuns: Math.round(cases * share), seed: 20_261_123 };
    fc.assert(
      fc.property(made, (input) => {
        expect(complaint(input)).toBeNull();
      }),
      runs,
    );
  });
});

test("large files: 10 MB, half a million brackets, a megabyte of one text in every place", () => {
  expect(giants.length).toBeGreaterThan(90);
  for (const text of giants) {
    expect(complaint(text), `${text.slice(0, 60)} … ${text.slice(-20)}`).toBeNull();
  }
});
