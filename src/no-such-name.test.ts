import { expect, test } from "vitest";
import { noSuchName } from "./no-such-name.ts";

test.each<[unknown, readonly string[], string]>([
  [
    "opnai",
    ["openai", "qwen"],
    'There is no provider "opnai"; did you mean "openai"? The configuration has openai, qwen.',
  ],
  ["zzz", ["qwen"], 'There is no provider "zzz"; the configuration has qwen.'],
  [7, [], "There is no provider 7; the configuration has none."],
])("%j among %j", (name, known, message) => {
  expect(noSuchName("provider", name, known)).toBe(message);
});

test("of very many names a few are listed", () => {
  const names = Array.from({ length: 1_000 }, (_, number) => `p${number}`);
  expect(noSuchName("route", "other", names)).toMatch(/p18, p19 and 980 more\.$/u);
});
