import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const folder = join(root, "docs", "decisions");
const shown = readdirSync(folder).flatMap((page) => {
  const text = readFileSync(join(folder, page), "utf8");
  return [...text.matchAll(/`((?:src|test)\/[\w./-]+\.ts)`: "([^"]+)"/gu)].map(
    ([, file = "", name = ""]) => [page, file, name] as const,
  );
});

test("decisions name tests", () => {
  expect(shown.length).toBeGreaterThan(20);
});

test.each(shown)("%s: %s has %s", (_page, file, name) => {
  expect(readFileSync(join(root, file), "utf8")).toContain(name);
});
