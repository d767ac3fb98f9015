import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inspectConfiguration, sayProblem } from "../../src/index.ts";
import { root } from "../child.ts";

/** What is nearly right: pieces of right files taken out, doubled, swapped, numbers made others. */

const folder = join(root, "test", "fixtures", "config", "right");
const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
const environment = { get: () => "sk-test-CANARY-0123" };
const files = {
  readSync: () => new TextEncoder().encode("sk-test-CANARY-4567"),
  read: () => Promise.reject(new Error("not asked for")),
  modeSync: () => 0o644,
};

const numbers = [
  "0",
  "-1",
  "0.01",
  "1e9",
  "86400",
  "1000",
  "20",
  "null",
  '"7"',
  "true",
  "[]",
  "{}",
];

type Mutation = { readonly at: number; readonly how: number; readonly size: number };

function mutate(text: string, { at, how, size }: Mutation): string {
  const start = Math.floor(at * text.length);
  switch (how % 4) {
    case 0:
      return text.slice(0, start) + text.slice(start + size);
    case 1:
      return text.slice(0, start + size) + text.slice(start);
    case 2: {
      const places = [...text.matchAll(/\b\d+(?:\.\d+)?\b/gu)];
      const place = places[Math.floor(at * places.length)];
      if (place === undefined) return text;
      const end = place.index + place[0].length;
      return text.slice(0, place.index) + (numbers[size % numbers.length] ?? "") + text.slice(end);
    }
    default: {
      const lines = text.split("\n");
      const line = Math.floor(at * lines.length);
      return lines.toSpliced(line, 1, ...lines.slice(-size)).join("\n");
    }
  }
}

const mutation = fc.record({
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
  how: fc.nat(3),
  size: fc.nat(40),
});

test("is inspected without an exception, every problem with its place, nothing of a key", () => {
  let usable = 0;
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(mutation, { maxLength: 3 }), (text, steps) => {
      const mutated = steps.reduce(mutate, text);
      const { problems, routes } = inspectConfiguration(mutated, {
        environment,
        files,
        file: "/f",
      });
      expect(routes === null).toBe(problems.some(({ severity }) => severity === "error"));
      for (const problem of problems) {
        expect(problem.line).toBeGreaterThan(0);
        expect(problem.column).toBeGreaterThan(0);
        expect(sayProblem("f", problem)).not.toContain("CANARY");
      }
      for (const { worst, deadlineMs } of routes ?? []) {
        expect(worst.durationMs).toBeLessThanOrEqual(deadlineMs);
        usable += 1;
      }
    }),
    { numRuns: 1_000 },
  );
  expect(usable).toBeGreaterThan(100);
});
