import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diaryFolder } from "./house.ts";

/** The example is held to the rules of the house, and to the library's public surface. */

const files = readdirSync(diaryFolder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(join(diaryFolder, name), "utf8") }));

test("it imports Node, its own files, and of the library what is public", () => {
  const foreign = files.flatMap(({ name, text }) =>
    [...text.matchAll(/from "([^"]+)"/gu)].flatMap(([, from = ""]) => {
      const own = from.startsWith("./") || (from.startsWith("../") && !from.includes("/src/"));
      const known = own || from.startsWith("node:") || ["standin", "standin/lab"].includes(from);
      return known ? [] : [`${name}: ${from}`];
    }),
  );
  expect(foreign).toEqual([]);
  expect(files.length).toBeGreaterThan(40);
});

test("files stay small, and whatever is exported says what it promises", () => {
  for (const { name, text } of files) {
    const lines = text.trimEnd().split("\n");
    expect(lines.length, name).toBeLessThanOrEqual(200);
    expect(
      lines.filter((line) => line.length > 100),
      name,
    ).toEqual([]);
    const silent = lines.filter(
      (line, at) =>
        /^export (async function|function|const|class|type) \w/u.test(line) &&
        !(lines[at - 1] ?? "").endsWith("*/"),
    );
    expect(silent, name).toEqual([]);
  }
});

test("time and chance come in from outside, but for the machine's own clock and the command line", () => {
  const reaching = files.filter(({ name, text }) => {
    if (name.startsWith("cli/") || name === "system-clock.ts") return false;
    return /Date\.now\(|Math\.random|setTimeout\(|console\./u.test(text);
  });
  expect(reaching.map(({ name }) => name)).toEqual(["main.ts"]);
});
