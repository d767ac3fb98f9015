import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkConfiguration } from "../../src/index.ts";
import { standin } from "../child.ts";
import { shape } from "./load.ts";

/** `standin import` writes the newer form, and never over a file that nobody gave it. */

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "standin-import-"));
  await writeFile(join(folder, "old.json"), shape("tasks"));
});

afterEach(() => rm(folder, { recursive: true }));

const run = (...args: readonly string[]) => standin(["import", ...args], { cwd: folder });
const read = (name: string) => readFile(join(folder, name), "utf8");

test("the newer form on standard output, and what became of each key beside it", async () => {
  const { code, out, err } = await run("old.json");
  expect(code).toBe(0);
  const told = checkConfiguration(out, { environment: { get: () => "sk-test-1" } });
  expect(told.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(out).toContain('"diary_writing": {\n      "providers": ["qwen", "zhipu", "deepseek"],');
  expect(err).toMatch(/^What became of the keys of old\.json, by its lines:\n/u);
  expect(err).toMatch(/ 61 {2}model_selection\.default_provider +→ first in routes\.default/u);
  expect(err).toMatch(/ 118 {2}usage_tracking\.track_quality +left out: nobody here measures/u);
  expect(err).toContain("qwen: qwen-turbo (qwen-flash follows it). --update-models replaces them.");
  expect(await read("old.json")).toBe(shape("tasks"));
});

test("into a file, which is nobody else's to read", async () => {
  const { code, out, err } = await run("old.json", "--out", "config/new.json", "--update-models");
  expect([code, out]).toEqual([0, ""]);
  expect(err).toContain("Written: config/new.json");
  expect(await read("config/new.json")).toContain('"model_name": "qwen-flash"');
  expect((await stat(join(folder, "config", "new.json"))).mode & 0o777).toBe(0o600);
});

test("not over a file, unless that is wanted", async () => {
  const refused = await run("old.json", "--out", "old.json");
  expect(refused.code).toBe(1);
  expect(refused.err).toContain("old.json is already there and was left as it is: give another");
  expect(await read("old.json")).toBe(shape("tasks"));
  const forced = await run("old.json", "--out", "old.json", "--force");
  expect(forced.code).toBe(0);
  expect(await read("old.json")).not.toContain("model_selection");
  expect(await readdir(folder)).toEqual(["old.json"]);
  const again = await run("old.json");
  expect(again.err).toContain("old.json is in the newer form already: nothing to change.");
  expect(again.out).toBe(await read("old.json"));
});

test("what went over as it was and is of no use is told as check tells it", async () => {
  const odd = shape("tasks").replace("{", '{ "mystery": 1,');
  await writeFile(join(folder, "odd.json"), odd);
  const { code, err } = await run("odd.json", "--out", "new.json");
  expect(code).toBe(0);
  expect(err).toContain("Of the newer form `standin check` says:\n");
  expect(err).toMatch(/^new\.json:1:3 mystery: warning: is not a known setting and is ignored/mu);
  expect(err).not.toMatch(/model_name: warning/u);
  const { problems } = JSON.parse((await run("odd.json", "--json")).out) as {
    problems: readonly { path: string }[];
  };
  expect(problems.map(({ path }) => path)).toContain("mystery");
});

test("all of it as JSON", async () => {
  const { out } = await run("old.json", "--json");
  expect(JSON.parse(out)).toMatchObject({
    file: "old.json",
    written: null,
    changed: true,
    commentsLost: 0,
    text: expect.stringContaining('"routes"') as unknown,
  });
});

test("a file with errors is not imported, and each is said", async () => {
  await writeFile(join(folder, "old.json"), shape("tasks").replace('["qwen",', '["qwenn",'));
  const { code, out, err } = await run("old.json", "--out", "new.json");
  expect([code, out]).toEqual([3, ""]);
  expect(err).toContain('preferred_providers[0]: there is no provider "qwenn". ');
  expect(err).toContain("old.json has errors and was not imported: mend these first.");
  expect(await readdir(folder)).toEqual(["old.json"]);
  expect((await run("none.json")).code).toBe(3);
});
