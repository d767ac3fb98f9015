import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { startLab } from "../../src/lab/index.ts";
import { standin } from "../child.ts";
import { entry, entrySchema, entryText, saying } from "./world.ts";

/** `standin generate --schema`: the object on standard output, and whatever is wrong in words. */

let folder = "";
let lab: Lab;
const schema = () => join(folder, "entry.json");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "standin-object-"));
  const says = (text: string) => ({ vendor: "qwen", reply: saying(text) }) as const;
  lab = await startLab({
    providers: { right: says(`\`\`\`\n${entryText}\n\`\`\``), wrong: says("no") },
  });
  await writeFile(join(folder, "llm.json"), JSON.stringify(lab.configuration()));
  await writeFile(schema(), `\uFEFF// An entry.\n${JSON.stringify(entrySchema)}`);
});

afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true });
});

const generate = (...args: readonly string[]) =>
  standin(["generate", "--config", join(folder, "llm.json"), ...args]);

async function refused(text: string): Promise<string> {
  const file = join(folder, "bad.json");
  await writeFile(file, text);
  const asked = lab.requests.length;
  const { code, out, err } = await generate("--schema", file, "Write.");
  expect({ code, out, asked: lab.requests.length }).toEqual({ code: 2, out: "", asked });
  return err.replaceAll(folder, "");
}

test("prints the object, and says beside it what was passed over", async () => {
  const { code, out, err } = await generate("--schema", schema(), "Write.");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual(entry);
  expect(err).toContain("right: The code fence was left out.");
});

test("prints the whole answer with --json", async () => {
  const { out } = await generate("--schema", schema(), "--json", "Write.");
  expect(JSON.parse(out)).toMatchObject({ object: entry, source: "model", mode: "json_object" });
});

test("says what is wrong with an answer that never is the object", async () => {
  const { code, out, err } = await generate("--schema", schema(), "-p", "wrong", "Write.");
  expect(code).toBe(1);
  expect(out).toBe("");
  expect(err).toContain("the answer holds no JSON object");
});

test("takes no --stream beside it", async () => {
  const { code, err } = await generate("--schema", schema(), "--stream", "Write.");
  expect(code).toBe(2);
  expect(err).toContain("--schema without --stream");
});

test.each([
  [
    "broken",
    '{\n  "type": "object",\n  "properties": {"a" 1}\n}',
    "/bad.json:3:22 not JSON: colon expected",
  ],
  ["empty", "", "/bad.json:1:1 not JSON: value expected"],
  ["a list", "[]", "/bad.json:1:1 a JSON Schema is an object"],
  [
    "no schema",
    '{"type":"object","properties":{"a":{"type":"text"}}}',
    "The JSON Schema cannot be used: schema is invalid: data/properties/a/type",
  ],
  ["of a list", '{"type":"array"}', "must describe an object, not array"],
])("a schema that is %s is refused", async (_what, text, words) => {
  expect(await refused(text)).toContain(words);
});

test("a schema that is not there, and one that is no text", async () => {
  const lost = await generate("--schema", join(folder, "lost.json"), "Write.");
  expect(lost.code).toBe(2);
  expect(lost.err).toContain("lost.json cannot be read");
  const file = join(folder, "bytes.json");
  await writeFile(file, new Uint8Array([0xff, 0xfe, 0x7b]));
  const bytes = await generate("--schema", file, "Write.");
  expect(bytes.code).toBe(2);
  expect(bytes.err).toContain("not UTF-8");
});
