import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Inspection } from "../../src/index.ts";
import { root, standin } from "../child.ts";

/**
 * Files with the mistakes that people make, each named for its own, and files that are right. What
 * is said of the wrong ones stands in the snapshot, to be read by eye; of the right ones nothing.
 */

const fixtures = join(root, "test", "fixtures", "config");
const wrong = readdirSync(join(fixtures, "wrong")).toSorted();
const right = readdirSync(join(fixtures, "right")).toSorted();

/** What the files name. */
const env = {
  DASHSCOPE_API_KEY: "sk-test-CANARY-qwen-0001",
  QWEN_API_KEY: "sk-test-CANARY-qwen-0002",
  DEEPSEEK_API_KEY: "sk-test-CANARY-deepseek-0001",
  RELAY_API_KEY: "sk-test-CANARY-relay-0001",
  TENANT_TOKEN: "test-CANARY-tenant-0001",
  ANTHROPIC_LIKE: "sk-ant-test-CANARY-0001",
  EMPTY_KEY: "",
};

const folder = mkdtempSync(join(tmpdir(), "standin-fixtures-"));
const outputs: string[] = [];
let said: ReadonlyMap<string, readonly string[]> = new Map();
let whole = "";

function copy(place: string): void {
  cpSync(join(fixtures, place), join(folder, place), { recursive: true });
  for (const name of readdirSync(join(folder, place))) {
    const path = join(folder, place, name);
    const text = readFileSync(path, "latin1").replaceAll("file:/keys/", `file:${folder}/keys/`);
    writeFileSync(path, text, "latin1");
    chmodSync(path, name === "key-in-a-file-for-all.json" ? 0o644 : 0o600);
  }
}

function writeKey(name: string, key: string, mode = 0o600): void {
  const path = join(folder, "keys", name);
  writeFileSync(path, key);
  chmodSync(path, mode);
}

async function check(...args: readonly string[]) {
  const { code, out, err } = await standin(["check", ...args], { cwd: folder, env });
  const shown = out.replaceAll(folder, "");
  outputs.push(shown, err);
  return { code, out: shown, err };
}

beforeAll(async () => {
  copy("wrong");
  copy("right");
  mkdirSync(join(folder, "keys"));
  writeKey("qwen", "sk-test-CANARY-file-0001\n");
  writeKey("deepseek", "sk-test-CANARY-file-0002\n");
  writeKey("everybody", "sk-test-CANARY-file-0003\n", 0o644);
  writeKey("empty", "");
  const { code, out, err } = await check("wrong");
  expect({ code, err }).toEqual({ code: 1, err: "" });
  const lines = out.trimEnd().split("\n");
  whole = lines.pop() ?? "";
  said = Map.groupBy(lines, (line) => line.slice("wrong/".length, line.indexOf(".json") + 5));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
  expect(outputs.filter((output) => output.includes("CANARY"))).toEqual([]);
});

describe.skipIf(process.platform === "win32")("a wrong file", () => {
  test("of each kind there is one, and each is told, under its own name", () => {
    expect(wrong.length).toBeGreaterThanOrEqual(60);
    expect([...said.keys()]).toEqual(wrong);
    expect(whole).toMatch(/^\d+ of \d+ files cannot be used: \d+ errors, \d+ warnings\.$/u);
  });

  test.each(wrong)("%s", (name) => {
    const lines = (said.get(name) ?? []).map((line) => line.slice("wrong/".length));
    for (const line of lines) {
      // Place, problem, cure.
      expect(line).toMatch(/^[\w.-]+\.json:\d+:\d+ (?:\S+: )?.{5,}(?:\. [A-Z`<]|: note: ).+$/u);
      expect(line.length).toBeLessThan(400);
    }
    expect(lines.length).toBeLessThan(6);
    expect(lines).toMatchSnapshot();
  });
});

describe("the commonest mistakes, as a person sees them", () => {
  test.each([
    "comma-missing",
    "brace-missing-in-the-middle",
    "quotes-smart",
    "keys-misspelt",
    "text-for-numbers",
    "milliseconds-for-seconds",
    "key-variable-not-set",
    "key-still-a-placeholder",
    "url-without-https",
    "model-retired",
  ])("%s", async (name) => {
    const { out } = await check(join("wrong", `${name}.json`));
    expect(`\n${out.replaceAll(`wrong/${name}.json`, "llm.json")}`).toMatchSnapshot();
  });
});

describe("the right files", () => {
  test("are many, and nothing is said of any, not even with --strict", async () => {
    expect(right).toHaveLength(20);
    expect(await check("--strict", "right")).toEqual({ code: 0, out: "", err: "" });
  });

  test("have nothing to note either, and every route can be asked", async () => {
    const { out } = await check("--json", "right");
    const { files } = JSON.parse(out) as { files: readonly (Inspection & { file: string })[] };
    expect(files.map(({ file }) => file)).toEqual(right.map((name) => join("right", name)));
    expect(files.flatMap(({ problems }) => problems)).toEqual([]);
    const routes = files.flatMap((one) => one.routes ?? []);
    expect(routes.length).toBeGreaterThanOrEqual(30);
    for (const { providers, worst, deadlineMs } of routes) {
      expect(providers.length).toBeGreaterThan(0);
      expect(worst.attempts).toBeGreaterThanOrEqual(providers.length);
      expect(worst.durationMs).toBeLessThanOrEqual(deadlineMs);
    }
  });
});
