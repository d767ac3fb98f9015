import { access, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkConfiguration } from "../src/index.ts";
import type { Lab } from "../src/lab/index.ts";
import { startLab } from "../src/lab/index.ts";
import type { Finished } from "./child.ts";
import { commandLine, root, start } from "./child.ts";

/**
 * Every block of README.md is done as it stands, in its order, in one new folder. The configuration
 * that `init` writes is kept but for its addresses: they become the lab's.
 */
const page = await readFile(join(root, "README.md"), "utf8");
const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gmsu)].map(([, language, text]) => ({
  language: language ?? "",
  text: text ?? "",
}));
const commands = blocks
  .filter(({ language }) => language === "sh")
  .flatMap(({ text }) => text.trim().split("\n"));
const programs = blocks.filter(({ language }) => language === "ts");

// What stands there for a key is none, and would be told as such.
const key = "sk-test-CANARY-7f3a9c51d2e8";
const condition = ["--conditions", "standin-source"];
let folder = "";
let configuration = "";
let lab: Lab;
const env: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "standin-readme-"));
  configuration = join(folder, "config", "llm_configuration.json");
  lab = await startLab({ keys: { qwen: key, deepseek: key } });
  await mkdir(join(folder, "node_modules"));
  await symlink(root, join(folder, "node_modules", "standin"), "junction");
  await mkdir(join(folder, "bin"));
  // What npx would do, but on the source and with this Node.
  const npx = [
    "#!/bin/sh",
    'what="$1"; shift',
    `if [ "$what" = standin ]; then exec "${process.execPath}" "${commandLine}" "$@"; fi`,
    `cd "${root}" && exec "${process.execPath}" ${condition.join(" ")} "$@"`,
    "",
  ].join("\n");
  await writeFile(join(folder, "bin", "npx"), npx, { mode: 0o755 });
});

afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true });
});

function shell(command: string): Promise<Finished> {
  const path = [join(folder, "bin"), dirname(process.execPath), process.env["PATH"]];
  const child = spawn("sh", ["-c", command], {
    cwd: command.startsWith("npm ") ? root : folder,
    env: { HOME: folder, ...env, PATH: path.join(delimiter) },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (err += bytes.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

/** Sends what the file asks to the lab: of what `init` wrote, only the addresses change. */
async function redirect(): Promise<void> {
  let text = await readFile(configuration, "utf8");
  const places = [
    ["https://dashscope.aliyuncs.com", lab.qwen.origin, "qwen"],
    ["https://api.deepseek.com", lab.deepseek.origin, "deepseek"],
  ] as const;
  for (const [real, simulated, vendor] of places) {
    expect(text).toContain(real);
    text = text.replaceAll(
      `"api_endpoint": "${real}`,
      `"vendor": "${vendor}", "api_endpoint": "${simulated}`,
    );
  }
  await writeFile(configuration, text);
}

const onUnix = describe.skipIf(process.platform === "win32");

onUnix("every command of README.md", () => {
  test.each(commands)("%s", async (command) => {
    // These are what brought this test here.
    if (command.startsWith("npm ci && ")) return;
    const set = /^export (\w+)="(.*)"$/u.exec(command);
    if (set !== null) {
      expect(set[2]).toBe("sk-...");
      env[set[1] ?? ""] = key;
      return;
    }
    if (command.startsWith("npm start")) env["STANDIN_CONFIG"] = configuration;
    const { code, out, err } = await shell(command);
    expect(code, `${out}\n${err}`).toBe(0);
    expect(out + err).not.toContain(key);
    if (command.endsWith("standin init")) await redirect();
    else if (command.includes("standin generate")) expect(out).toContain("(simulated qwen");
    else if (command.includes("--real")) expect(out).toContain("(simulated qwen");
    delete env["STANDIN_CONFIG"];
  });

  test.each(programs)("program %#", async ({ text }) => {
    const file = join(folder, "program.ts");
    await writeFile(file, text);
    const child = start([...condition, file], { cwd: folder, env });
    const { code, out, err } = await child.finished;
    expect(code, err).toBe(0);
    expect(err).toBe("");
    expect(out).toContain("(simulated qwen qwen-flash) You said: Say hello.");
  });
});

describe("README.md", () => {
  test("shows a configuration that can be used as it stands", () => {
    const shown = blocks.filter(({ language }) => language === "jsonc");
    expect(shown).toHaveLength(1);
    for (const { text } of shown) {
      const environment = { get: () => key };
      expect(checkConfiguration(text, { environment, strict: true })).toEqual([]);
    }
  });

  test("has no block that nobody tries", () => {
    expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(["sh", "ts", "jsonc"]));
    expect(commands.filter((command) => command.startsWith("npm ci"))).toEqual([
      "npm ci && npm start",
      "npm ci && npm test",
    ]);
  });

  test("names only pages that are there", async () => {
    const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)\)/gu)].map(([, path = ""]) => path);
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) await expect(access(join(root, link))).resolves.toBeUndefined();
  });
});
