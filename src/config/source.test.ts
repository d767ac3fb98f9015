import { expect, test } from "vitest";
import { LLMConfigurationError } from "../errors.ts";
import type { SecretPorts } from "./read-secret.ts";
import type { Source } from "./source.ts";
import { loadInputs, readerOf, readSourceSync } from "./source.ts";

const good = {
  providers: {
    one: {
      api_endpoint: "https://api.deepseek.com/v1/chat/completions",
      api_key: "env:KEY",
      model_name: "deepseek-flash",
    },
  },
};

function world(text: string, code?: string): SecretPorts {
  const read = (): Uint8Array => {
    if (code !== undefined) throw Object.assign(new Error(code), { code });
    return new TextEncoder().encode(text);
  };
  return {
    files: { readSync: read, read: async () => read() },
    environment: { get: () => "sk-test-1" },
  };
}

async function readSource(source: Source, ports: SecretPorts) {
  return loadInputs(source, await readerOf(source, ports).read(), ports, { strict: false });
}

async function refusal(source: Source, ports: SecretPorts): Promise<string> {
  const thrown: unknown[] = [];
  try {
    readSourceSync(source, ports, false);
  } catch (error) {
    thrown.push(error);
  }
  await readSource(source, ports).catch((error: unknown) => thrown.push(error));
  const [first, second] = thrown;
  if (!(first instanceof LLMConfigurationError)) throw new Error("it was taken");
  expect(second).toEqual(first);
  expect(first.problems.length).toBeGreaterThan(0);
  return first.message;
}

test.each([
  ["ENOENT", "there is no such file. `standin init` writes a first one; or give the path"],
  ["EISDIR", "it is a directory. Give the path of a file that this program may read"],
  ["EACCES", "this program may not read it. Give the path of a file"],
  ["EIO", "the system says EIO. Give the path of a file"],
])("a file that cannot be read (%s) is a listed problem with the cure", async (code, reason) => {
  const message = await refusal({ path: "config/a.json" }, world("", code));
  expect(message).toContain(`config/a.json:1:1 the file cannot be read: ${reason}`);
});

test("an error lists every problem, one a line", async () => {
  const text = JSON.stringify({ ...good, failovr: 1, "no such thing": 2 }, null, 2);
  expect(await refusal({ path: "a.json" }, world(text))).toBe(
    [
      "The configuration cannot be used (1 error):",
      '  a.json:9:3 failovr: is not a known setting. Did you mean "failover"?',
      '  a.json:10:3 ["no such thing"]: warning: is not a known setting and is ignored. ' +
        "Known here: providers, accounts, routes, tasks, failover, failure_rules",
    ].join("\n"),
  );
});

test("a file and an object that holds the same are one configuration", async () => {
  const text = JSON.stringify(good);
  const ofFile = await readSource({ path: "a.json" }, world(text));
  const ofObject = readSourceSync({ object: good }, world(""), true);
  expect(ofFile.providers).toEqual(ofObject.providers);
  expect(ofFile.providers[0]?.key?.reveal()).toBe("sk-test-1");
});

test("an object that is no JSON is a listed problem", async () => {
  const ring: Record<string, unknown> = {};
  ring["ring"] = ring;
  expect(await refusal({ object: ring }, world(""))).toContain("cannot be written as JSON");
  expect(await refusal({ object: { toJSON: () => undefined } }, world(""))).toContain("as JSON");
});
