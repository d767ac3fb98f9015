import * as fc from "fast-check";
import { expect, test } from "vitest";
import { loadConfiguration } from "./load.ts";
import { starterConfiguration } from "./starter.ts";

/** Whatever the bytes, loading ends with a snapshot or with problems that have a place. */

const key = "sk-test-canary0123456789";

function isToldWell(input: string | Uint8Array): void {
  const { snapshot, problems } = loadConfiguration(input, {
    environment: { get: () => key },
    files: {
      readSync: () => new TextEncoder().encode(key),
      read: () => Promise.reject(new Error("not asked for")),
    },
  });
  expect(snapshot === null).toBe(problems.some(({ severity }) => severity === "error"));
  for (const { line, column, message, path, hint } of problems) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
    expect(message).not.toBe("");
    expect(path + message + hint).not.toContain("canary");
  }
}

const inline = starterConfiguration.replaceAll('"api_key": ""', `"api_key": "${key}"`);

const brackets = [
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  '"',
  "\\",
  "/",
  "*",
  " ",
  "\r",
  "\n",
  "\u2028",
  "1",
];

const runs = { numRuns: 400, seed: 20_261_122 };

test("random bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), isToldWell), runs);
});

test("random texts", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 100 }), isToldWell), runs);
});

test("random JSON, also where providers should stand", () => {
  const wrapped = fc
    .json({ maxDepth: 4 })
    .chain((text) =>
      fc.constantFrom(text, `{"providers": ${text}}`, `{"providers": {"a": ${text}}}`),
    );
  fc.assert(fc.property(wrapped, isToldWell), runs);
});

test("brackets that fit nothing, by the hundred thousand", () => {
  const piece = fc.string({ unit: fc.constantFrom(...brackets), maxLength: 8 });
  const soup = fc.tuple(fc.string({ maxLength: 4 }), piece).map(([start, part]) => {
    return start + part.repeat(Math.floor(300_000 / Math.max(1, part.length)));
  });
  fc.assert(fc.property(soup, isToldWell), { ...runs, numRuns: 60 });
  for (const part of ["[},", "{],", '{"a":[},', '"\u2028" [', '"\\\n" [', "[1,", "/*/ ["]) {
    isToldWell(part.repeat(100_000));
  }
});

test("a good file with pieces cut out, doubled or put elsewhere", () => {
  const place = fc.nat(inline.length);
  const mutation = fc.record({ from: place, length: fc.nat(40), to: place, keep: fc.boolean() });
  const mutate = (
    text: string,
    { from, length, to, keep }: { from: number; length: number; to: number; keep: boolean },
  ) => {
    const piece = text.slice(from, from + length);
    const rest = keep ? text : text.slice(0, from) + text.slice(from + length);
    return rest.slice(0, to) + piece + rest.slice(to);
  };
  const mutated = fc.array(mutation, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(mutated, (mutations) => {
      const text = mutations.reduce(mutate, inline);
      // A key that was itself cut to pieces is no longer that key.
      if (text.split("canary").length === text.split(key).length) isToldWell(text);
    }),
    runs,
  );
});

test("a good file with any value in any place", () => {
  const names = [
    "api_endpoint",
    "api_key",
    "model_name",
    "timeout",
    "headers",
    "timeouts",
    "vendor",
  ];
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(key), fc.double());
  const settings = fc.dictionary(fc.constantFrom(...names), value);
  const content = fc.record({
    providers: fc.dictionary(fc.string({ maxLength: 8 }), fc.oneof(settings, value)),
    failover: value,
    failure_rules: fc.oneof(value, fc.array(value, { maxLength: 2 })),
  });
  fc.assert(
    fc.property(content, (object) => isToldWell(JSON.stringify(object))),
    runs,
  );
});
