import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finished } from "../child.ts";
import { standin } from "../child.ts";

/** `standin check`: one file, several, and whole directories, as text, JSON and annotations. */

const env = { DEEPSEEK_API_KEY: "sk-test-deepseek-0001", DASHSCOPE_API_KEY: "sk-test-qwen-0001" };
let folder = "";

const deepseek = {
  api_endpoint: "https://api.deepseek.com/v1/chat/completions",
  api_key: "env:DEEPSEEK_API_KEY",
  model_name: "deepseek-flash",
};
const qwen = {
  api_endpoint: "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions",
  api_key: "env:DASHSCOPE_API_KEY",
  model_name: "qwen-flash",
};
const good = { providers: { qwen, deepseek } };
const warned = { providers: { deepseek: { ...deepseek, retry_attempts: 0 } } };
const noted = { providers: { qwen: { ...qwen, api_key: "changeme" }, deepseek } };
const bad = { providers: { deepseek: { ...deepseek, timeout: "30" } } };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "standin-check-"));
  await put("good.json", good);
  await put("warned.json", warned);
  await put("noted.json", noted);
  await put("bad.json", bad);
  await put("right/b.json", good);
  await put("right/a.jsonc", good);
  await put("right/deep/c.json", noted);
  await put("right/README.md", "not a configuration");
  await put("right/.hidden/d.json", bad);
  await put("right/node_modules/e.json", bad);
  await put("mixed/z.json", good);
  await put("mixed/a.json", bad);
  await put("mixed/m.json", warned);
  await mkdir(join(folder, "empty"));
});

afterAll(() => rm(folder, { recursive: true }));

async function put(name: string, content: object | string): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
  await writeFile(path, text);
}

function check(...args: readonly string[]): Promise<Finished> {
  return standin(["check", ...args], { cwd: folder, env });
}

describe("one file", () => {
  test("may come by standard input, or be named as at other commands", async () => {
    const input = JSON.stringify(bad, null, 2);
    const piped = await standin(["check", "-"], { cwd: folder, env, input });
    expect(piped.code).toBe(1);
    expect(piped.out).toMatch(/^<stdin>:\d+:\d+ providers\.deepseek\.timeout: /u);
    expect(await check("--config", "warned.json")).toEqual(await check("warned.json"));
  });

  test("is told with the worst case of every route", async () => {
    const routes = {
      summaries: { providers: ["deepseek"], overrides: { timeout: 10 } },
      everything: { failover: { deadline: 60 } },
    };
    const pricing = { input: 0.1, output: 0.4 };
    const providers = { qwen, deepseek: { ...deepseek, pricing } };
    await put("routes.json", { providers, routes });
    expect(await check("routes.json")).toEqual({
      code: 0,
      err: "",
      out: `At worst, when every attempt fails:
  default     qwen, deepseek  190.0 s  6 calls
  summaries   deepseek         35.0 s  3 calls  $0.0002
  everything  qwen, deepseek   60.0 s  6 calls
routes.json can be used: nothing to mend.
`,
    });
  });

  test("knows the worst of an order that nobody knows, and of a failure between quick and late", async () => {
    const at = (timeout: number, retries: number) => ({
      ...{ api_endpoint: "http://127.0.0.1:9/v1/chat/completions", api_key: "none" },
      ...{ timeout, retry_attempts: retries },
    });
    const three = {
      a: { ...at(1, 1), model_name: "a" },
      b: { ...at(2, 1), model_name: "b" },
      c: { ...at(300, 1), model_name: "c" },
    };
    await put("fastest.json", {
      providers: three,
      failover: { prefer: "fastest", max_switches: 1 },
    });
    // Who measures fastest may be c, and then b stands in for it.
    expect((await check("fastest.json")).out).toContain("default  a, b, c  302.0 s  2 calls");
    const one = { a: { ...at(10, 2), model_name: "a" } };
    await put("late.json", { providers: one, failover: { deadline: 11 } });
    // One fails at once, a wait of 2 s, and the next hangs until the deadline.
    expect((await check("late.json")).out).toContain("default  a  11.0 s  2 calls");
  });

  test("that cannot be used has no worst case", async () => {
    const { code, out } = await check("bad.json");
    expect(code).toBe(1);
    expect(out.split("\n").map((line) => line.split(" ").slice(0, 4).join(" "))).toEqual([
      "bad.json:7:18 providers.deepseek.timeout: must be",
      "bad.json cannot be used:",
      "",
    ]);
  });

  test("is told of its notes, too", async () => {
    const { code, out } = await check("noted.json");
    expect(code).toBe(0);
    expect(out).toMatch(/^noted\.json:5:18 providers\.qwen\.api_key: note: .*DASHSCOPE_API_KEY/u);
    expect(out).toMatch(/can be used: nothing to mend\.\n$/u);
  });

  test("with --quiet, nothing is said of one that is right, and all of one that is not", async () => {
    expect(await check("--quiet", "good.json")).toEqual({ code: 0, out: "", err: "" });
    expect(await check("-q", "noted.json")).toEqual({ code: 0, out: "", err: "" });
    const { code, out } = await check("--quiet", "warned.json");
    expect(code).toBe(0);
    expect(out).toMatch(/^warned\.json:7:\d+ .*\nwarned\.json can be used: 1 warning\.\n$/u);
  });

  test("with --strict, what is warned of is an error", async () => {
    const { code, out } = await check("--strict", "warned.json");
    expect(code).toBe(1);
    expect(out).toMatch(/warned\.json cannot be used: 1 error\.\n$/u);
  });
});

describe("several files", () => {
  test("a directory of right ones is silent, hidden and installed files left out", async () => {
    expect(await check("right")).toEqual({ code: 0, out: "", err: "" });
    expect(await check("--strict", "right", "good.json")).toEqual({ code: 0, out: "", err: "" });
  });

  test("only what is wrong is told, and how many files that concerns", async () => {
    const { code, out } = await check("mixed", "good.json", "mixed/a.json");
    expect(code).toBe(1);
    expect(out.split("\n").map((line) => line.split(":")[0])).toEqual([
      join("mixed", "a.json"),
      join("mixed", "m.json"),
      "1 of 4 files cannot be used",
      "",
    ]);
    expect(out).toContain(": 1 error, 1 warning.\n");
    const strict = await check("--strict", "mixed");
    expect(strict.out).toMatch(/2 of 3 files cannot be used: 2 errors\.\n$/u);
  });

  test("all that are usable, all that are not", async () => {
    const usable = await check("warned.json", "good.json");
    expect(usable.code).toBe(0);
    expect(usable.out).toMatch(/\nAll 2 files can be used: 1 warning\.\n$/u);
    const unusable = await check("--strict", "bad.json", "warned.json");
    expect(unusable.out).toMatch(/\nAll 2 files cannot be used: 2 errors\.\n$/u);
  });

  test("one that is not there is told beside the others, and ends with 3", async () => {
    const { code, out } = await check("gone.json", "good.json");
    expect(code).toBe(3);
    expect(out).toMatch(/^gone\.json:1:1 the file cannot be read: there is no such file\. /u);
    expect(out).toContain("\n1 of 2 files cannot be used: 1 error.\n");
  });

  test("a directory without any is not passed over in silence", async () => {
    const { code, out, err } = await check("empty");
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toBe("standin: there is no .json or .jsonc file in empty.\n");
    const asJson = await check("empty", "--json");
    expect(asJson.code).toBe(3);
    expect(JSON.parse(asJson.out)).toMatchObject({ error: { kind: "configuration" } });
  });
});

describe("formats", () => {
  test("JSON of one file, by either name", async () => {
    const [short, long] = [
      await check("--json", "good.json"),
      await check("good.json", "--format=json"),
    ];
    expect(long).toEqual(short);
    expect(JSON.parse(short.out)).toMatchObject({
      file: "good.json",
      usable: true,
      errors: 0,
      warnings: 0,
      problems: [],
      routes: [
        {
          name: "default",
          providers: ["qwen", "deepseek"],
          deadlineMs: 190_000,
          worst: { durationMs: 190_000, attempts: 6, cost: null },
        },
      ],
    });
  });

  test("JSON of several", async () => {
    const { code, out } = await check("--json", "mixed");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      usable: false,
      files: [
        { file: join("mixed", "a.json"), usable: false, errors: 1, routes: null },
        { file: join("mixed", "m.json"), usable: true, warnings: 1 },
        { file: join("mixed", "z.json"), usable: true, problems: [] },
      ],
    });
  });

  test("annotations for GitHub, its own signs escaped", async () => {
    const odd = "odd, 100%:name.json";
    const entry = { ...qwen, api_key: "changeme", timeout: "30" };
    await put(odd, { providers: { "a,b:50%": entry } });
    const { code, out } = await check("--format", "github", odd, "warned.json");
    expect(code).toBe(1);
    const file = "odd%2C 100%25%3Aname.json";
    const at = 'title=providers["a%2Cb%3A50%25"]';
    const told = out.trimEnd().split("\n");
    expect(told).toHaveLength(3);
    expect(told[0]).toBe(
      `::notice file=${file},line=5,col=18,${at}.api_key::a placeholder stands here: ` +
        'the key is taken from the variable DASHSCOPE_API_KEY. Write "env:DASHSCOPE_API_KEY" to say so',
    );
    expect(told[1]).toBe(
      `::error file=${file},line=7,col=18,${at}.timeout::` +
        'must be a number of seconds from 0.01 to 86400, found the text "30". Write 30 without quotes',
    );
    expect(told[2]).toMatch(/^::warning file=warned\.json,line=7,col=\d+,title=providers\./u);
    expect(await check("--format", "github", "good.json")).toEqual({ code: 0, out: "", err: "" });
  });

  test("another format, or two at once, is a misuse", async () => {
    const unknown = await check("--format", "xml", "good.json");
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain("text, json, github");
    expect((await check("--json", "--format", "github", "good.json")).code).toBe(2);
  });
});
