import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Lab } from "../src/lab/index.ts";
import { always, fault, startLab } from "../src/lab/index.ts";
import type { Finished, Surroundings } from "./child.ts";
import { commandLine, root, standin, start } from "./child.ts";

const key = "sk-test-CANARY-51d2e87f3a9c";
const outputs: string[] = [];
let folder = "";
let file = "";
let lab: Lab;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "standin-cli-"));
  file = join(folder, "llm_configuration.json");
  lab = await startLab({ keys: { qwen: key, deepseek: key } });
  const { providers } = lab.configuration("qwen", "deepseek");
  const alone = { retry_attempts: 1 };
  const { qwen, deepseek } = providers;
  const each = { qwen: { ...qwen, ...alone }, deepseek: { ...deepseek, ...alone } };
  const routes = { summaries: { providers: ["deepseek"], overrides: { max_tokens: 61 } } };
  await writeFile(file, JSON.stringify({ providers: each, routes }), { mode: 0o600 });
});

afterEach(() => lab.heal());

afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true });
  expect(outputs.length).toBeGreaterThan(50);
  expect(outputs.filter((output) => output.includes("CANARY"))).toEqual([]);
  // Nothing that these outputs went to was a terminal.
  expect(outputs.filter((output) => output.includes("\u001B"))).toEqual([]);
  expect(outputs.filter((output) => /^\s+at .*:\d+:\d+\)?$/mu.test(output))).toEqual([]);
});

function keep(finished: Finished): Finished {
  outputs.push(finished.out, finished.err);
  return finished;
}

async function run(args: readonly string[], surroundings?: Surroundings): Promise<Finished> {
  return keep(await standin(args, surroundings));
}

function generate(...args: readonly string[]): Promise<Finished> {
  return run(["generate", "--config", file, ...args]);
}

function bodies(): readonly string[] {
  return lab.requests.map(({ body }) => body);
}

/** Turns of the event loop until something holds; the test's own timeout is the only limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe("generate", () => {
  test("prints the answer alone on standard output", async () => {
    const { code, out, err } = await generate("Are you there?");
    expect(out).toBe("(simulated qwen qwen-flash) You said: Are you there?\n");
    expect(code).toBe(0);
    // The only thing to say is that this file holds its keys itself.
    expect(err.trim().split("\n")).toHaveLength(2);
    expect(err).toContain(`${file}:1:`);
  });

  test("reads the prompt from standard input", async () => {
    const { code, out } = await run(["generate", "--config", file], { input: "From a pipe\n" });
    expect(out).toBe("(simulated qwen qwen-flash) You said: From a pipe\n");
    expect(code).toBe(0);
  });

  test("finds its file by STANDIN_CONFIG, or where it usually is", async () => {
    const env = { STANDIN_CONFIG: file };
    expect(await run(["generate", "Hi"], { env })).toMatchObject({ code: 0 });
    const lost = await run(["generate", "Hi"], { cwd: folder });
    expect(lost.code).toBe(3);
    expect(lost.err).toContain("config/llm_configuration.json");
    expect(lost.err).toContain("standin init");
  });

  test("passes on what it is told about the request", async () => {
    const { code } = await generate(
      ...["--system", "Be a pirate.", "--max-tokens", "77", "--temperature", "0.25", "Marker one"],
    );
    expect(code).toBe(0);
    const body = bodies().find((one) => one.includes("Marker one"));
    expect(body).toContain("Be a pirate.");
    expect(body).toContain('"max_tokens":77');
    expect(body).toContain('"temperature":0.25');
  });

  test("asks one provider alone", async () => {
    const { out } = await generate("--provider", "deepseek", "Who?");
    expect(out).toContain("simulated deepseek");
  });

  test("takes a route of the configuration", async () => {
    const { out } = await generate("--route", "summaries", "Which way?");
    expect(out).toContain("simulated deepseek");
    const body = bodies().find((one) => one.includes("Which way?"));
    expect(body).toContain('"max_tokens":61');
    const explained = await run(["explain", "--config", file, "--route", "summaries", "--json"]);
    expect(JSON.parse(explained.out)).toMatchObject({ route: "summaries", order: ["deepseek"] });
  });

  test("prints the whole answer as JSON", async () => {
    const { code, out } = await generate("--json", "Hi");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      text: "(simulated qwen qwen-flash) You said: Hi",
      finishReason: "stop",
      provider: "qwen",
      model: "qwen-flash",
      usage: { totalTokens: expect.any(Number) as unknown },
      attempts: [{ provider: "qwen", failure: null }],
      adaptations: [],
    });
  });

  test("says with --trail what every attempt came to", async () => {
    await lab.script("qwen", [fault.status(503)]);
    const { code, out, err } = await generate("--trail", "Hi");
    expect(code).toBe(0);
    expect(out).toContain("simulated deepseek");
    expect(err).toMatch(/0\.\d s {2}qwen {6}overloaded in 0\.\d s\n/u);
    expect(err).toMatch(/0\.\d s {2}deepseek {2}answered in 0\.\d s\n/u);
  });

  test("says that an answer was cut at its longest length", async () => {
    const { code, err } = await generate("--max-tokens", "4", "A long story, please");
    expect(code).toBe(0);
    expect(err).toContain("--max-tokens");
  });

  test("ends with 1 when nobody answers, and says why", async () => {
    await lab.script("qwen", always(fault.status(503)));
    await lab.script("deepseek", always(fault.refused()));
    const { code, out, err } = await generate("Hi");
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toMatch(/standin: network.*qwen: overloaded.*deepseek: network/su);
  });

  test("gives a failure as JSON, too", async () => {
    await lab.script("qwen", always(fault.status(503)));
    await lab.script("deepseek", always(fault.status(500)));
    const { code, out } = await generate("--json", "Hi");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      error: {
        kind: "server",
        provider: "deepseek",
        committed: false,
        partial: null,
        attempts: [{ failure: { kind: "overloaded" } }, { failure: { kind: "server" } }],
      },
    });
  });

  test("keeps to its deadline and to the time of an attempt", async () => {
    await lab.script("qwen", always(fault.silent()));
    await lab.script("deepseek", always(fault.silent()));
    const late = await generate("--deadline", "0.2", "--json", "Hi");
    expect(late.code).toBe(1);
    expect(JSON.parse(late.out)).toMatchObject({ error: { kind: expect.any(String) as unknown } });
    await lab.heal("deepseek");
    const slow = await generate("--timeout", "2", "--trail", "Hi");
    expect(slow.err).toContain("timeout");
    expect(slow.out).toContain("simulated deepseek");
  });
});

describe("generate --stream", () => {
  test("prints the same answer as it comes", async () => {
    const { code, out } = await generate("--stream", "Are you there?");
    expect(out).toBe("(simulated qwen qwen-flash) You said: Are you there?\n");
    expect(code).toBe(0);
  });

  test("prints every piece as a line of JSON, and the whole at the end", async () => {
    const { code, out } = await generate("--stream", "--json", "Hi");
    expect(code).toBe(0);
    const lines = out.trimEnd().split("\n").map(parse);
    expect(lines.at(-1)).toMatchObject({ type: "answer", answer: { provider: "qwen" } });
    const pieces = lines.filter(({ type }) => type === "text");
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.map(({ text }) => text).join("")).toBe(
      "(simulated qwen qwen-flash) You said: Hi",
    );
  });

  test("is never complete when it broke off", async () => {
    await lab.script("qwen", [fault.cut({ deltas: 3 })]);
    const { code, out, err } = await generate("--stream", "Hi");
    expect(code).toBe(1);
    expect("(simulated qwen qwen-flash) You said: Hi".startsWith(out)).toBe(true);
    expect(out).not.toBe("");
    expect(err).toContain("INCOMPLETE");
  });

  test("says in its last line of JSON that it broke off", async () => {
    await lab.script("qwen", [fault.cut({ deltas: 3 }, "reset")]);
    const { code, out } = await generate("--stream", "--json", "Hi");
    expect(code).toBe(1);
    const lines = out.trimEnd().split("\n").map(parse);
    expect(lines.at(-1)).toMatchObject({ type: "error", error: { committed: true } });
    expect(lines.some(({ type }) => type === "answer")).toBe(false);
  });

  test("fails before the first content as if nothing had been asked", async () => {
    await lab.script("qwen", [fault.status(500)]);
    const { code, out } = await generate("--stream", "Hi");
    expect(code).toBe(0);
    expect(out).toContain("simulated deepseek");
  });
});

function parse(line: string): Record<string, unknown> {
  return JSON.parse(line) as Record<string, unknown>;
}

describe("whoever leaves", () => {
  const moments = [
    ["before the answer", fault.silent(), []],
    ["in the middle of a stream", fault.stall({ deltas: 2 }), ["--stream"]],
  ] as const;
  // Windows knows no SIGINT that could be sent.
  const onUnix = process.platform === "win32" ? test.skip : test;

  onUnix.each(moments)("with Ctrl-C %s is not kept waiting", async (_, one, flags) => {
    await lab.script("qwen", always(one));
    const before = lab.requests.length;
    const child = start([commandLine, "generate", "--config", file, ...flags, "Hi"]);
    await until(() => lab.requests.length > before);
    if (flags.length > 0)
      await new Promise((resolve) => child.process.stdout.once("data", resolve));
    child.process.kill("SIGINT");
    const { code, err } = keep(await child.finished);
    expect(code).toBe(130);
    expect(err).toMatch(/standin: interrupted\.\n$/u);
    await until(() => lab.openConnections() === 0);
    expect(lab.requests.length).toBe(before + 1);
  });

  onUnix("with Ctrl-C while the prompt is read ends it, too", async () => {
    const child = start([commandLine, "generate", "--config", file], { input: null });
    // More than lies in any pipe: when it is gone, it is being read.
    await new Promise((resolve) => child.process.stdin.write("more ".repeat(1e6), resolve));
    child.process.kill("SIGINT");
    expect(keep(await child.finished).code).toBe(130);
  });

  onUnix("as the reader of the output ends the request without a word", async () => {
    await lab.script("qwen", always(fault.trickle(4_000)));
    const child = start([commandLine, "generate", "--config", file, "--stream", "Hi"]);
    await new Promise((resolve) => child.process.stdout.once("data", resolve));
    child.process.stdout.destroy();
    const { code, err } = keep(await child.finished);
    expect(code).toBe(141);
    expect(err).not.toContain("EPIPE");
    expect(err).not.toContain("standin:");
    await until(() => lab.openConnections() === 0);
    expect(lab.requests.at(-1)?.aborted).toBe(true);
  });
});

describe("what cannot be meant", () => {
  const wrong: readonly (readonly [string, readonly string[], string])[] = [
    ["an unknown command", ["genrate", "Hi"], "Did you mean generate?"],
    ["an unknown option", ["generate", "--streem", "Hi"], "Did you mean --stream?"],
    ["no prompt", ["generate"], "prompt"],
    ["an empty prompt", ["generate", " "], "empty"],
    ["too many prompts", ["generate", "one", "two"], "too many arguments"],
    ["no number", ["generate", "--timeout", "soon", "Hi"], "seconds"],
    ["a number out of bounds", ["generate", "--temperature", "3", "Hi"], "from 0 to 2"],
    ["a part of a token", ["generate", "--max-tokens", "1.5", "Hi"], "whole number"],
    ["a route nobody knows", ["generate", "--route", "poems", "Hi"], "default, summaries"],
    ["a provider nobody knows", ["generate", "--provider", "claude", "Hi"], "qwen, deepseek"],
  ];

  test.each(wrong)("%s ends with 2 and a hint", async (_, args, hint) => {
    const { code, out, err } = await run(args, { env: { STANDIN_CONFIG: file } });
    expect(err).toContain(hint);
    expect(code).toBe(2);
    expect(out).toBe("");
  });

  test.each(wrong)("%s is said as JSON, too, where JSON was asked for", async (_, args, hint) => {
    const { code, out } = await run([...args, "--json"], { env: { STANDIN_CONFIG: file } });
    expect(code).toBe(2);
    const { error } = parse(out) as { readonly error: { kind: string; message: string } };
    expect(error.kind).toMatch(/^(?:usage|bad_request)$/u);
    expect(error.message).toContain(hint);
  });

  test("a stream of JSON lines ends with such a line", async () => {
    const flags = ["--stream", "--json", "--timeout", "soon"];
    const { code, out } = await run(["generate", ...flags, "Hi"], {
      env: { STANDIN_CONFIG: file },
    });
    expect(code).toBe(2);
    expect(out.split("\n")).toHaveLength(2);
    expect(parse(out)).toMatchObject({ type: "error", error: { kind: "usage" } });
  });

  test("what stands behind -- is a prompt, not a wish for JSON", async () => {
    const { out } = await run(["generate", "one", "two", "--", "--json"]);
    expect(out).toBe("");
  });

  test("a configuration that cannot be used ends with 3 and every problem", async () => {
    const bad = join(folder, "bad.json");
    await writeFile(
      bad,
      `{\n  "providers": { "qwen": { "api_key": "${key}", "timeout": "x" } }\n}`,
    );
    const { code, out, err } = await run(["generate", "--json", "--config", bad, "Hi"]);
    expect(code).toBe(3);
    expect(err).toContain(`${bad}:2:`);
    const { error } = parse(out) as { readonly error: { readonly problems: readonly object[] } };
    expect(error).toMatchObject({ kind: "configuration" });
    expect(error.problems.length).toBeGreaterThan(1);
  });
});

describe("check", () => {
  const bad = '{\n  "providers": {\n    "qwen": { "timeout": "soon" }\n  }\n}\n';

  test("says of a file that it can be used, and its warnings", async () => {
    const { code, out, err } = await run(["check", file]);
    expect(code).toBe(0);
    expect(out).toContain(`${file}:1:`);
    expect(out).toMatch(/warning: .*\n.*can be used: 2 warnings\.\n$/su);
    expect(err).toBe("");
  });

  test("takes warnings as errors with --strict", async () => {
    expect((await run(["check", "--strict", file])).code).toBe(1);
  });

  test("says file, line and column of every error", async () => {
    const path = join(folder, "check.json");
    await writeFile(path, bad);
    const { code, out } = await run(["check", path]);
    expect(code).toBe(1);
    expect(out).toMatch(/check\.json:3:\d+ providers\.qwen.*api_endpoint/u);
    expect(out).toMatch(/check\.json:3:\d+ providers\.qwen\.timeout/u);
    expect(out).toMatch(/cannot be used: \d errors\.\n$/u);
  });

  test("says it as JSON", async () => {
    const path = join(folder, "check.json");
    await writeFile(path, bad);
    const { code, out } = await run(["check", "--json", path]);
    expect(code).toBe(1);
    expect(parse(out)).toMatchObject({
      file: path,
      usable: false,
      errors: expect.any(Number) as unknown,
      warnings: 0,
      problems: expect.arrayContaining([
        expect.objectContaining({ severity: "error", path: "providers.qwen.timeout", line: 3 }),
      ]) as unknown,
    });
  });

  test("ends with 3 for a file that cannot be read", async () => {
    const { code, out } = await run(["check", join(folder, "missing.json")]);
    expect(code).toBe(3);
    expect(out).toContain("missing.json:1:1 the file cannot be read: there is no such file");
  });
});

describe("explain", () => {
  test("says the order, the first step and the worst case, and asks nobody", async () => {
    const before = lab.requests.length;
    const { code, out } = await run(["explain", "--config", file]);
    expect(code).toBe(0);
    expect(out).toMatch(/1 {2}qwen .*ready\n +2 {2}deepseek .*ready\n/u);
    expect(out).toContain("First it asks qwen, for at most 30.0 s.");
    expect(out).toContain("If every attempt failed as late as it may: 2 calls in 60.0 s.");
    expect(lab.requests).toHaveLength(before);
  });

  test("as JSON, for one provider and a prompt", async () => {
    const args = ["--provider", "deepseek", "--prompt", "word ".repeat(80), "--stream", "--json"];
    const { code, out } = await run(["explain", "--config", file, ...args]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      order: ["deepseek"],
      needs: { capabilities: [], estimatedTokens: 100 },
      first: { do: "attempt", provider: "deepseek" },
      worst: { attempts: 1 },
    });
  });

  test("a provider that is not there, a file that is not there", async () => {
    const lost = await run(["explain", "--config", file, "--provider", "nobody"]);
    expect(lost).toMatchObject({ code: 2, out: "" });
    expect(lost.err).toContain('no provider "nobody"');
    expect(await run(["explain", "--config", join(folder, "none.json")])).toMatchObject({
      code: 3,
    });
  });
});

describe("init", () => {
  test("writes a file that check takes, in a folder that was not there", async () => {
    const path = join(folder, "deep", "er", "llm.json");
    const { code, out } = await run(["init", path]);
    expect(code).toBe(0);
    expect(out).toContain(path);
    const env = { DASHSCOPE_API_KEY: key, DEEPSEEK_API_KEY: key };
    const checked = await run(["check", "--strict", path], { env });
    expect(checked.out).toContain("nothing to mend");
    expect(checked.code).toBe(0);
    if (process.platform !== "win32") expect((await stat(path)).mode & 0o077).toBe(0);
  });

  test("names the schema for editors, where it is within the project", async () => {
    const outside = join(folder, "outside.json");
    expect((await run(["init", outside])).code).toBe(0);
    expect(await readFile(outside, "utf8")).not.toContain("$schema");
    const project = await mkdtemp(join(root, "node_modules", ".init-"));
    onTestFinished(() => rm(project, { recursive: true }));
    const target = join(project, "config", "llm.json");
    expect((await run(["init", target])).code).toBe(0);
    const [, schema = ""] = /"\$schema": "(.*)"/u.exec(await readFile(target, "utf8")) ?? [];
    expect(schema).toBe("../../../llm_configuration.schema.json");
    expect(JSON.parse(await readFile(join(dirname(target), schema), "utf8"))).toHaveProperty(
      "properties",
    );
    const checked = await run(["check", "--strict", "--keys-elsewhere", target]);
    expect(checked.code).toBe(0);
  });

  test("names the schema of a package that is installed by a link", async () => {
    const project = join(folder, "linked");
    await mkdir(join(project, "node_modules"), { recursive: true });
    await symlink(root, join(project, "node_modules", "standin"), "dir");
    expect((await run(["init"], { cwd: project })).code).toBe(0);
    expect(await readFile(join(project, "config", "llm_configuration.json"), "utf8")).toContain(
      '"$schema": "../node_modules/standin/llm_configuration.schema.json"',
    );
  });

  test("never writes over a file", async () => {
    const path = join(folder, "mine.json");
    await writeFile(path, "mine");
    const { code, out, err } = await run(["init", "--json", path]);
    expect(code).toBe(1);
    expect(err).toContain("already there");
    expect(parse(out)).toMatchObject({ error: { kind: "not_written" } });
    expect(await readFile(path, "utf8")).toBe("mine");
  });

  test("says why it cannot write", async () => {
    const { code, err } = await run(["init", join(file, "below-a-file.json")]);
    expect(code).toBe(1);
    expect(err).toContain("cannot be written");
  });
});

describe.concurrent("demo", () => {
  test("shows a wait that was asked for, then a stand-in", async () => {
    const { code, out, err } = await run(["demo"]);
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(out).toMatch(/qwen +rate_limited in/u);
    expect(out).toMatch(/1\.\d s {2}qwen +answered in .* after a wait of 1\.\d s/u);
    expect(out).toMatch(/qwen +network in/u);
    expect(out).toMatch(/deepseek +begins to answer in/u);
    expect(out).toContain("(simulated qwen qwen-flash)");
    expect(out).toContain("(simulated deepseek deepseek-flash)");
    expect(out).toContain("npm start -- --real");
  });

  test("gives both answers as JSON", async () => {
    const { code, out } = await run(["demo", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      simulated: true,
      answers: [{ provider: "qwen" }, { provider: "deepseek" }],
    });
  });

  test("asks the file's own providers with --real", async () => {
    const { code, out } = await run(["demo", "--real", "--config", file]);
    expect(code).toBe(0);
    expect(out).toContain("simulated qwen");
  });

  test("says which keys are missing when there is neither a file nor a key", async () => {
    const { code, err } = await run(["demo", "--real"], { cwd: folder });
    expect(code).toBe(3);
    expect(err).toContain("DASHSCOPE_API_KEY");
    expect(err).toContain("DEEPSEEK_API_KEY");
  });
});

describe("the command itself", () => {
  test("says its version and its exit codes", async () => {
    const version = await run(["--version"]);
    expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/u);
    const help = await run(["--help"]);
    expect(help.code).toBe(0);
    expect(help.out).toContain("Exit codes:");
  });

  test("colours only where it is asked to", async () => {
    const env = { FORCE_COLOR: "1" };
    const coloured = await standin(["check", file], { env });
    expect(coloured.out).toContain("\u001B[");
  });
});
