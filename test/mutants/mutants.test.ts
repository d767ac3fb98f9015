import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requestMutants } from "./request.ts";
import { resilienceMutants } from "./resilience.ts";

/** The list of planted faults must not rot between two of its long runs. */

const source = join(import.meta.dirname, "..", "..", "src");

test("every planted fault still has its place in the source, and only one", () => {
  const lost = [...requestMutants, ...resilienceMutants].filter(
    ({ file, text }) => readFileSync(join(source, file), "utf8").split(text).length !== 2,
  );
  expect(lost.map(({ name }) => name)).toEqual([]);
});

test("there are enough of them", () => {
  expect(requestMutants.length + resilienceMutants.length).toBeGreaterThanOrEqual(25);
});
