import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import type { JsonSchema } from "../../scripts/configuration/json-schema.ts";
import { configurationPages } from "../../scripts/configuration/pages.ts";
import { configurationSchema } from "../../scripts/configuration/json-schema.ts";
import { olderShape } from "../../src/config/older/schema.ts";
import { knownKeys } from "../../src/config/schema.ts";
import { checkConfiguration, starterConfiguration } from "../../src/index.ts";

/** What is generated from src/config/schema.ts is current, whole, and says what loading says. */

const root = join(import.meta.dirname, "..", "..");
const schema = configurationSchema();
const validate = new Ajv({ strict: false }).compile(schema);

test.each(Object.entries(configurationPages()))(
  "%s is current: npm run configuration",
  (path, text) => {
    expect(readFileSync(join(root, path), "utf8")).toBe(text);
  },
);

type Found = { readonly path: string; readonly schema: JsonSchema };

function propertiesIn(at: JsonSchema, path: string): readonly Found[] {
  const own = Object.entries(at.properties ?? {}).map(([key, value]) => ({
    path: `${path}.${key}`,
    schema: value,
  }));
  const each = typeof at.additionalProperties === "object" ? [at.additionalProperties] : [];
  const inner = [...own.map((one) => one.schema), ...each, ...(at.items ? [at.items] : [])];
  return [...own, ...inner.flatMap((one) => propertiesIn(one, `${path}.*`))];
}

const properties = propertiesIn(schema, "file");

test("every key of the file has its meaning, in one sentence or two", () => {
  expect(properties.length).toBeGreaterThan(100);
  const untold = properties.filter(
    ({ schema: one }) => !/^[A-Z].*\.$/u.test(one.description ?? ""),
  );
  expect(untold.map(({ path }) => path)).toEqual([]);
});

const older = readFileSync(join(root, "docs", "older-files.md"), "utf8");
const olderRows = [...older.matchAll(/^\| (`.*?`) \|/gmu)].flatMap(([, cell = ""]) => cell);

test.each(Object.entries(knownKeys))(
  "every key of %s is in it, and a page has it",
  (kind, keys) => {
    const named = new Set(properties.map(({ path }) => path.split(".").at(-1)));
    const page = configurationPages()["docs/configuration.md"] ?? "";
    for (const key of keys) {
      expect(named).toContain(key);
      const isOlder = kind.startsWith("older") || Object.hasOwn(olderShape, key);
      if (isOlder) expect(olderRows.join()).toContain(`\`${key}\``);
      else expect(page).toContain(`| \`${key}\` |`);
    }
  },
);

test("a duration says that it is seconds", () => {
  const durations = properties.filter(({ schema: one }) => one.maximum === 86_400);
  expect(durations.length).toBeGreaterThan(10);
  const untold = durations.filter(({ schema: one }) => !/seconds/iu.test(one.description ?? ""));
  expect(untold.map(({ path }) => path)).toEqual([]);
});

describe("the schema and loading agree", () => {
  const provider = { api_endpoint: "https://a.example/v1", api_key: "env:A", model_name: "m" };
  const types = (value: unknown) => validate(value);
  const loads = (value: object) =>
    checkConfiguration(JSON.stringify(value), { environment: { get: () => "sk-test-1" } }).every(
      ({ severity }) => severity !== "error",
    );

  test("the file that init writes", () => {
    expect(types(parse(starterConfiguration)), JSON.stringify(validate.errors)).toBe(true);
  });

  test.each([
    [{ providers: { a: provider } }, true],
    [{ providers: { a: { ...provider, timeout: "30" } } }, false],
    [{ providers: { a: { ...provider, timeout: 0 } } }, false],
    [{ providers: { a: { ...provider, max_tokens: null, _note: 1 } } }, true],
    [{ providers: { a: { ...provider, max_tokns: 3 } } }, false],
    [{ providers: { a: { ...provider, retry_attempts: 1.5 } } }, false],
    [{ providers: { a: { ...provider, protocol: "smoke" } } }, false],
    [{ providers: { a: { api_key: "env:A" } } }, false],
    [{ providers: { a: provider }, routes: { r: { providers: ["a"], local_only: 1 } } }, false],
    [{ providers: { a: provider }, routes: { r: { failover: { deadline: 9 } } } }, true],
    [{ providers: [] }, false],
  ])("%j: %s", (value, expected) => {
    expect(types(value)).toBe(expected);
    expect(loads(value)).toBe(expected);
  });
});

const fixtures = join(root, "test", "fixtures", "config", "right");

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}

test("what can be used has no red line in an editor", () => {
  for (const name of filesIn(fixtures)) {
    const text = readFileSync(join(fixtures, name), "utf8").replace(/^\uFEFF/u, "");
    expect(validate(parse(text)), `${name}: ${JSON.stringify(validate.errors)}`).toBe(true);
  }
});
