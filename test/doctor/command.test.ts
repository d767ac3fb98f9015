import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Checkup } from "../../src/index.ts";
import type { Fault, Lab, LabVendor } from "../../src/lab/index.ts";
import { always, fault, faultBodies } from "../../src/lab/index.ts";
import type { Finished } from "../child.ts";
import { commandLine, standin, start } from "../child.ts";
import { canary, startClinic } from "./clinic.ts";

/** The command as a person meets it: what it prints stands in a snapshot, to be looked at by eye. */

const body = (name: string): Fault => {
  const row = faultBodies.find((one) => one.name === name);
  if (row === undefined) throw new Error(`The lab has no ${name}.`);
  return row.before;
};

const met: Readonly<Record<string, readonly [LabVendor, Fault | null, object]>> = {
  fine: ["qwen", null, {}],
  nobody: ["openai", fault.refused(), {}],
  moved: ["openai", fault.status(308, { headers: { location: "https://new.example/v1" } }), {}],
  path: ["openai", fault.html(404), {}],
  site: ["openai", fault.html(200), {}],
  firewall: ["openai", fault.html(403), {}],
  key: ["deepseek", null, { api_key: "sk-test-CANARY-wrong" }],
  forbidden: ["qwen", body("qwen/Model.AccessDenied"), {}],
  credit: ["deepseek", body("deepseek/Insufficient Balance"), {}],
  model: ["openai", null, { model_name: "gpt5.4mini" }],
  retired: ["qwen", null, { model_name: "qwen-turbo" }],
  throttle: ["openai", fault.status(429, { retryAfter: 7 }), {}],
  busy: ["deepseek", body("deepseek/service_unavailable_error"), {}],
  broken: ["openai", fault.status(500), {}],
  mute: ["openai", fault.silent(), { timeout: 1.5 }],
  cut: ["openai", fault.cut({ bytes: 40 }), {}],
  odd: ["openai", fault.wrongShape("choices_missing"), {}],
  filter: ["deepseek", body("deepseek/Content Exists Risk"), {}],
  wrong: ["deepseek", null, { extra_body: { top_p: 7 } }],
  asleep: ["deepseek", null, { enabled: false }],
  keyless: ["deepseek", null, { api_key: "your-api-key" }],
};

const outputs: string[] = [];
let lab: Lab;
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "standin-doctor-"));
  const providers = Object.fromEntries(
    Object.entries(met).map(([name, [vendor]]) => [name, { vendor }]),
  );
  lab = await startClinic({ providers });
  for (const [name, [, one]] of Object.entries(met)) {
    if (one !== null) await lab.script(name, always(one));
  }
});

afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true });
  expect(outputs.length).toBeGreaterThan(10);
  expect(outputs.filter((output) => output.includes("CANARY"))).toEqual([]);
});

async function written(name: string, providers: object): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify({ providers }, null, 2));
  return file;
}

function entriesOf(...names: readonly string[]): Record<string, object> {
  const { providers } = lab.configuration(...names);
  return Object.fromEntries(names.map((name) => [name, { ...providers[name], ...met[name]?.[2] }]));
}

async function doctor(...args: readonly string[]): Promise<Finished> {
  const finished = await standin(["doctor", ...args]);
  outputs.push(finished.out, finished.err);
  return finished;
}

// What is different each time: ports, times and the vendors' names of exchanges.
function steady(text: string): string {
  return text
    .replaceAll(folder, "FOLDER")
    .replaceAll(/127\.0\.0\.1:\d+/gu, "127.0.0.1:PORT")
    .replaceAll(/(connected|first byte|whole|answered in) \d+\.\d+ s/gu, "$1 0.00 s")
    .replaceAll(/request [\w-]{20,}/gu, "request ID");
}

describe("standin doctor", () => {
  test("says of each provider what is wrong and what to do", async () => {
    const file = await written("all.json", entriesOf(...Object.keys(met)));
    const { code, out, err } = await doctor("-c", file);
    expect(steady(out)).toMatchSnapshot();
    expect(err).toBe("");
    expect(code).toBe(1);
  });

  test("ends with 0 when all are well, and asks one alone when it is named", async () => {
    const file = await written("two.json", entriesOf("fine", "credit"));
    const { code, out } = await doctor("fine", "-c", file);
    expect(out).toMatch(/^fine {2}well: It answered in /u);
    expect(out).not.toContain("credit");
    expect(code).toBe(0);
  });

  test("prints everything as JSON", async () => {
    const file = await written("json.json", entriesOf("fine", "credit"));
    const { code, out } = await doctor("-c", file, "--json");
    expect(code).toBe(1);
    const found = JSON.parse(out) as Checkup & { readonly file: string };
    expect(found).toMatchObject({ file, well: false, usable: true });
    expect(found.diagnoses).toMatchObject([
      { provider: "fine", verdict: "well", status: 200 },
      { provider: "credit", verdict: "unwell", cause: "credit", status: 402 },
    ]);
  });

  test("keeps to the time it is given", async () => {
    const file = await written("slow.json", entriesOf("mute"));
    const { code, out } = await doctor("-c", file, "--timeout", "1");
    expect(code).toBe(1);
    expect(out).toMatch(/silent: .* within 1 s\./u);
  });

  test("of a file that cannot be used says why, asks whom it can, and ends with 3", async () => {
    const { fine, credit } = entriesOf("fine", "credit");
    const file = await written("bad.json", { fine, credit: { ...credit, timeout: "soon" } });
    const { code, out } = await doctor("-c", file);
    expect(steady(out)).toMatchSnapshot();
    expect(code).toBe(3);
  });

  test("a file or a provider that is not there", async () => {
    expect(await doctor("-c", join(folder, "none.json"))).toMatchObject({ code: 3, out: "" });
    const file = await written("one.json", entriesOf("fine"));
    const lost = await doctor("fien", "-c", file);
    expect(lost).toMatchObject({ code: 2, out: "" });
    expect(lost.err).toContain('no provider "fien"; did you mean "fine"');
    expect((await doctor("--timeout", "soon")).code).toBe(2);
  });

  // Windows knows no SIGINT that could be sent.
  test.skipIf(process.platform === "win32")("with Ctrl-C prints what it has", async () => {
    const file = await written("wait.json", { ...entriesOf("fine", "mute"), mute: waiting() });
    const before = lab.tally("mute").requests;
    const child = start([commandLine, "doctor", "-c", file]);
    while (lab.tally("mute").requests === before || lab.openExchanges("fine") > 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    child.process.kill("SIGINT");
    const { code, out, err } = await child.finished;
    outputs.push(out, err);
    expect(code).toBe(130);
    expect(out).toMatch(/mute {2}interrupted: It was not waited for/u);
    expect(err).toMatch(/standin: interrupted\.\n$/u);
  });
});

const waiting = () => ({ ...entriesOf("mute")["mute"], timeout: 60 });

test("the canary is in every file that was examined", () => {
  expect(JSON.stringify(entriesOf("fine"))).toContain(canary);
});
