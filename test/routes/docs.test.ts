import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { LLMProviderError } from "../../src/index.ts";
import { checkConfiguration } from "../../src/index.ts";
import { always, fault } from "../../src/lab/index.ts";
import { overridesSchema, routeSchema } from "../../src/config/schema/route.ts";
import { routeFailoverSchema } from "../../src/config/schema/failover.ts";
import { labWorld } from "../world.ts";

/** docs/routes.md: each example loads without a remark, and every key of a route is explained. */

const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "routes.md"), "utf8");
const examples = [...page.matchAll(/^```jsonc?\n(.*?)^```$/gmsu)].map(([, text = ""]) => text);
const [whole = ""] = examples;
const environment = {
  get: (name: string) => (name.endsWith("_API_KEY") ? "sk-test-docs" : undefined),
};

/** The example as a file: those that show routes alone are about the providers of the first. */
function fileOf(example: string): string {
  if (example.includes('"providers": {')) return example;
  const providers = /^ {2}"providers": \{.*?^ {2}\},$/msu.exec(whole)?.[0] ?? "";
  return example.replace("{", `{\n${providers}`);
}

test("there are examples", () => {
  expect(examples.length).toBeGreaterThanOrEqual(4);
});

describe.each(examples.map((text, index) => [index + 1, text] as const))(
  "example %i",
  (_, text) => {
    test("loads without an error or a warning", () => {
      const problems = checkConfiguration(fileOf(text), { environment });
      expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([]);
    });
  },
);

test.each([
  ["a route", Object.keys(routeSchema.shape)],
  ["what it overrides", Object.keys(overridesSchema.shape)],
  ["how requests move on it", Object.keys(routeFailoverSchema.shape)],
])("the page names every key of %s", (_, keys) => {
  expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
});

test("the failure it shows is what is told", async () => {
  const shown = /^```text\n(.*?)\n```$/msu.exec(page)?.[1];
  const { lab, manager, play } = labWorld(
    { providers: { deepseek: { vendor: "deepseek" }, qwen: { vendor: "qwen" } } },
    { failover: { switch_on_timeout: false } },
  );
  lab.script("deepseek", always(fault.silent()));
  const request = { messages: [{ role: "user", content: "Hello" } as const] };
  const error: unknown = await play(manager.generate(request)).catch((reason: unknown) => reason);
  expect((error as LLMProviderError).failure.message).toBe(shown);
});
