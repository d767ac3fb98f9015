import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { starterConfiguration } from "../../src/index.ts";
import type { Finished } from "../child.ts";
import { standin } from "../child.ts";

/** The commands that edit: what they say, how they end, and that no key is ever shown. */

const env = { DASHSCOPE_API_KEY: "sk-test-1", DEEPSEEK_API_KEY: "sk-test-2" };
const secret = "sk-test-CANARY-51d2e87f3a9c";
const outputs: string[] = [];
let folder = "";
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "standin-commands-"));
});

afterAll(async () => {
  expect(outputs.filter((output) => output.includes("CANARY"))).toEqual([]);
  expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);
  await rm(folder, { recursive: true });
});

async function newFile(text = starterConfiguration): Promise<string> {
  count += 1;
  const file = join(folder, `${count}.json`);
  await writeFile(file, text);
  return file;
}

async function run(args: readonly string[], input = ""): Promise<Finished> {
  const finished = await standin(args, { cwd: folder, env, input });
  outputs.push(finished.out, finished.err);
  return finished;
}

describe("an edit", () => {
  test("says what it did and where, and what is to be known of it", async () => {
    const file = await newFile();
    const { code, out, err } = await run(["provider", "set", "qwen", "timeout=4000", "-c", file]);
    expect(out).toBe(`${file}:13 timeout is 4000 (it was 30)\n`);
    expect(err).toContain(`${file}:13:18 providers.qwen.timeout: warning: 4000 s is longer`);
    expect(code).toBe(0);
    expect(await readFile(file, "utf8")).toBe(
      starterConfiguration.replace('"timeout": 30, // of', '"timeout": 4000, // of'),
    );
  });

  test("shows with --dry-run what it would do, and does nothing", async () => {
    const file = await newFile();
    const { code, out } = await run(["provider", "disable", "deepseek", "--dry-run", "-c", file]);
    expect(out).toBe(
      [
        `${file}:24 deepseek is disabled`,
        '     22        "timeout": 30,',
        '     23        "retry_attempts": 3,',
        '+    24        "enabled": false,',
        "     25      },",
        '     26      "qwen-plus": {',
        "Nothing was written: this was --dry-run.",
        "",
      ].join("\n"),
    );
    expect(code).toBe(0);
    expect(await readFile(file, "utf8")).toBe(starterConfiguration);
  });

  test("prints JSON, and nothing else on standard output", async () => {
    const file = await newFile();
    const done = await run(["provider", "enable", "qwen", "--json", "-c", file]);
    expect(JSON.parse(done.out)).toMatchObject({ file, written: false, steps: [] });
    const added = await run(["provider", "add", "openai", "--first", "--json", "-c", file]);
    expect(JSON.parse(added.out)).toMatchObject({
      written: true,
      steps: [{ path: "providers.openai", line: 7 }],
      errorsLeft: 0,
    });
    const refused = await run(["provider", "add", "openai", "--json", "-c", file]);
    expect(JSON.parse(refused.out)).toMatchObject({ error: { kind: "misused", problems: [] } });
    expect(refused.code).toBe(2);
  });

  test("ends with the code that says why nothing was changed", async () => {
    const file = await newFile();
    const wrong = await newFile("{ not JSON");
    const codes: readonly (readonly [number, string, ...string[]])[] = [
      [2, 'there is no provider "qwem"', "provider", "set", "qwem", "timeout=3", "-c", file],
      [1, "must be a number", "provider", "set", "qwen", "timeout=-3", "-c", file],
      [3, "cannot be read as JSON", "provider", "disable", "qwen", "-c", wrong],
      [3, "standin init", "provider", "disable", "qwen", "-c", join(folder, "none.json")],
      [2, "unknown option", "provider", "disable", "qwen", "--nothing", "-c", file],
    ];
    for (const [code, word, ...args] of codes) {
      const finished = await run(args);
      expect(finished.err).toContain(word);
      expect({ args, code: finished.code }).toEqual({ args, code });
    }
    expect(await readFile(file, "utf8")).toBe(starterConfiguration);
  });

  test("takes a key from standard input, and shows it nowhere", async () => {
    const file = await newFile();
    const given = ["provider", "add", "openai", "--key", "-", "-c", file];
    const trial = await run([...given, "--dry-run"], `${secret}\n`);
    expect(trial.out).toContain('"api_key": "***"');
    expect(await run(given, `${secret}\n`)).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toContain(`"api_key": "${secret}",`);
    const removed = await run(["provider", "remove", "openai", "--dry-run", "-c", file]);
    expect(removed.out).toContain('-    36        "api_key": "***",');
    expect(await run(given, "")).toMatchObject({ code: 2 });
    const typed = await run(["provider", "set", "qwen", `api_key=${secret}`, "-c", file]);
    expect(typed.code).toBe(2);
    expect(typed.err).toContain("shell's history");
  });
});

describe("tasks and providers", () => {
  test("are added, listed, changed and removed", async () => {
    const file = await newFile();
    const at = ["-c", file];
    const edits: readonly (readonly string[])[] = [
      ["task", "add", "sum", "--providers", "deepseek,qwen", "--max-tokens", "400", ...at],
      ["route", "add", "safe", "--capability", "tools", "--description", "Calls tools", ...at],
      ["task", "set", "sum", "--deadline", "40", "--unset", "overrides.max_tokens", ...at],
      ["provider", "remove", "deepseek", "--force", ...at],
    ];
    for (const args of edits) expect({ args, ...(await run(args)) }).toMatchObject({ code: 0 });
    const tasks = await run(["task", "list", "--json", ...at]);
    expect(JSON.parse(tasks.out)).toMatchObject({
      readable: true,
      tasks: [
        { name: "sum", providers: ["qwen"], failover: { deadline: 40 }, overrides: {} },
        { name: "safe", providers: null, capabilities: ["tools"], description: "Calls tools" },
      ],
    });
    const listed = await run(["provider", "list", ...at]);
    expect(listed.out.split("\n").map((line) => line.split(/ {2,}/u))).toEqual([
      ["qwen", "enabled", "qwen-flash", "dashscope.aliyuncs.com", "for sum", `${file}:7`],
      ["qwen-plus", "enabled", "qwen-plus", "dashscope.aliyuncs.com", `${file}:16`],
      [""],
    ]);
    const lines = await run(["task", "list", ...at]);
    expect(lines.out).toContain("sum   qwen");
    expect(await run(["task", "remove", "sum", ...at])).toMatchObject({ code: 0 });
    expect(await run(["task", "remove", "sum", ...at])).toMatchObject({ code: 2 });
  });

  test("are listed of a file that cannot be used, too", async () => {
    const file = await newFile(starterConfiguration.replace('"timeout": 30', '"timeout": "long"'));
    const { code, out } = await run(["provider", "list", "-c", file]);
    expect(out).toContain("qwen-plus");
    expect(code).toBe(0);
    expect(await run(["provider", "list", "-c", await newFile("{")])).toMatchObject({ code: 3 });
    const vendors = await run(["provider", "list", "--vendors"]);
    expect(vendors.out).toContain("deepseek");
  });
});
