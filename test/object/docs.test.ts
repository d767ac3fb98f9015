import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { brokenAnswers } from "../../scripts/objects/answers.ts";
import { whenMended, whenNeverMended } from "../../scripts/objects/ours.ts";
import { say } from "../../scripts/objects/table.ts";

/** The comparison in docs/objects.md says what our side does. */

const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "objects.md"), "utf8");
const table = /<!-- compared -->\n([\s\S]*?)\n<!-- \/compared -->/u.exec(page)?.[1] ?? "";
const rows = table
  .split("\n")
  .slice(2)
  .map((line) => line.split("|").map((cell) => cell.trim()));

test("has a row for every broken answer, in their order", () => {
  expect(rows.map(([, what]) => what)).toEqual(brokenAnswers.map(({ what }) => what));
});

test.each(brokenAnswers.map((answer, index) => ({ answer, row: rows[index] ?? [] })))(
  "$answer.what",
  async ({ answer, row }) => {
    expect(say(await whenMended(answer))).toBe(row[2]);
    expect(say(await whenNeverMended(answer))).toBe(row[3]);
  },
);
