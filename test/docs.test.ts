import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { consequences } from "../src/failure.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const documents = [
  "README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

describe.each(documents)("%s", (name) => {
  test("names only files that exist", () => {
    const text = read(name);
    const named = [
      ...text.matchAll(
        /(?<!`[\w.-]+\/[\w.-]+`[^`]{0,20})`((?:src|test|docs|bench|examples|scripts)\/[\w./-]*)`/gu,
      ),
      ...text.matchAll(/(?<![\w/`])((?:src|test|docs|bench|examples)\/[\w/-]+\.(?:ts|md|json))/gu),
    ].map(([, path = ""]) => path);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/gu)].map(([, path = ""]) => path);
    const from = join(root, name, "..");
    expect(links.filter((path) => !existsSync(join(from, path)))).toEqual([]);
  });
});

test("docs/architecture.md names the files of the walk", () => {
  expect(read("docs/architecture.md").match(/src\/[\w/-]+\.ts/gu)?.length).toBeGreaterThan(15);
});

test("docs/events.md has every event and no other, with its fields", () => {
  const source = read("src/event.ts");
  const types = [...source.matchAll(/type: "([\w-]+)"/gu)]
    .map(([, type]) => String(type))
    .toSorted();
  const rows = [...read("docs/events.md").matchAll(/^\| `([\w-]+)` \|[^|]*\|(.*)\|$/gmu)];
  expect(rows.map(([, type]) => String(type)).toSorted()).toEqual(types);
  for (const [, type, fields = ""] of rows) {
    const declared = source.slice(source.indexOf(`type: "${type}"`)).split(/\n {4}\}/u)[0] ?? "";
    const named = [...fields.matchAll(/`(\w+)`/gu)].map(([, field]) => field);
    expect(named.filter((field) => !declared.includes(`${field}:`))).toEqual([]);
  }
});

test("docs/failures.md has every kind, and says what the table says", () => {
  const rows = [...read("docs/failures.md").matchAll(/^\| `(\w+)` \|(.*)\|$/gmu)];
  const told = rows.map(([, kind = "", cells = ""]) => {
    const [, scope, tries, elsewhere] = cells.split("|").map((cell) => cell.trim());
    return [kind, scope, tries, elsewhere];
  });
  const stated = Object.entries(consequences).map(([kind, row]) => [
    kind,
    row.scope ?? "nothing",
    row.furtherTries === Infinity ? "all" : String(row.furtherTries),
    row.elsewhere,
  ]);
  expect(told).toEqual(stated);
});
