import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { editFile } from "../../src/cli/edit/edit-file.ts";
import { checkConfiguration } from "../../src/index.ts";
import { start } from "../child.ts";

/** A kill at any moment leaves the old file or the new one, and the next edit works. */

const entry = (name: string): string =>
  `"${name}": { "api_endpoint": "http://localhost:9000/${name}/v1/chat/completions", ` +
  `"api_key": "not-required", "model_name": "${name}" }`;
const before = `{\n  // Who is asked.\n  "providers": {\n    ${entry("one")}\n  }\n}\n`;
const after = before.replace(/\n {2}\}\n/u, `,\n    ${entry("two")}\n  }\n`);

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "standin-kill-"));
});

afterAll(() => rm(folder, { recursive: true }));

const once = join(import.meta.dirname, "edit-once.ts");
const dieAt = join(import.meta.dirname, "die-at.ts");

const patience = { waitMs: 60_000, signal: new AbortController().signal, dryRun: false };

/** What became of an edit that died at a moment; `false`: it ended before. */
async function dies(moment: number): Promise<"old" | "new" | false> {
  const place = join(folder, String(moment));
  await mkdir(place);
  const file = join(place, "llm.json");
  await writeFile(file, before);
  const given = ["--import", dieAt, once, file, "two"];
  const { code, err } = await start(given, { env: { DIE_AT: String(moment) } }).finished;
  expect(err).toBe("");
  const left = await readFile(file, "utf8");
  expect([before, after]).toContain(left);
  if (code !== null) {
    expect(code).toBe(0);
    expect(left).toBe(after);
    expect(await readdir(place)).toEqual(["llm.json"]);
    return false;
  }
  const rename = {
    edit: "set-provider",
    name: "one",
    set: ["model_name=three"],
    unset: [],
  } as const;
  expect(await editFile(file, rename, patience)).toMatchObject({ outcome: "edited" });
  const text = await readFile(file, "utf8");
  expect(text).toContain('"three"');
  expect(text).toContain("// Who is asked.");
  expect(checkConfiguration(text).filter(({ severity }) => severity === "error")).toEqual([]);
  expect(await readdir(place)).toEqual(["llm.json"]);
  return left === before ? "old" : "new";
}

describe("an edit that is killed", () => {
  test("at each of its dealings with files, one after the other", async () => {
    const ends: ("old" | "new" | false)[] = [];
    const two = [0, 1];
    for (let moment = 0; !ends.includes(false); moment += two.length) {
      ends.push(...(await Promise.all(two.map((more) => dies(moment + more)))));
    }
    const died = ends.filter((end) => end !== false);
    // From the lock, over half a draft, to the folder's own record.
    expect(died.length).toBeGreaterThan(15);
    expect(died.lastIndexOf("old")).toBeLessThan(died.indexOf("new"));
    expect(died).toContain("new");
  }, 120_000);
});
