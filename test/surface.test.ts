import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as lab from "../src/lab/index.ts";
import * as standin from "../src/index.ts";

/** What users can name: a change here is a change of what was promised. */

const root = join(import.meta.dirname, "..");

function typesOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), "utf8").replaceAll(/\/\*\*[\s\S]*?\*\//gu, "");
  const names = [...text.matchAll(/export (?:type )?\{([^}]*)\}/gu)].flatMap(([, list = ""]) =>
    list.split(","),
  );
  return names
    .map((name) => name.replace("type ", "").trim())
    .filter((name) => name !== "")
    .toSorted();
}

function membersOf(made: { readonly prototype: object }): readonly string[] {
  return Reflect.ownKeys(made.prototype).map(String).toSorted();
}

test("the library's names", () => {
  expect(typesOf("src/index.ts")).toMatchSnapshot();
  expect(Object.keys(standin).toSorted()).toMatchSnapshot();
});

test("the manager's members", () => {
  expect(membersOf(standin.LLMConfigManager)).toMatchSnapshot();
  expect(Object.keys(standin.LLMConfigManager)).toEqual([]);
  expect(typeof standin.LLMConfigManager.from).toBe("function");
});

test("the errors' members", () => {
  const provider = new standin.LLMProviderError({ kind: "server", message: "m" });
  const configuration = new standin.LLMConfigurationError("file", []);
  expect(Reflect.ownKeys(provider).map(String).toSorted()).toMatchSnapshot();
  expect(Reflect.ownKeys(configuration).map(String).toSorted()).toMatchSnapshot();
});

test("the lab's names", () => {
  expect(typesOf("src/lab/index.ts")).toMatchSnapshot();
  expect(Object.keys(lab).toSorted()).toMatchSnapshot();
});
