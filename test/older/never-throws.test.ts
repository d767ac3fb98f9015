import * as fc from "fast-check";
import { expect, test } from "vitest";
import { importConfiguration } from "../../src/index.ts";
import { load, shape } from "./load.ts";

/** Whatever stands among older keys, a file ends in a configuration or in problems with a place. */

const words = [
  ...["model_selection", "auto_switch_rules", "performance_settings", "task_specific_models"],
  ...["default_provider", "fallback_providers", "preferred_providers", "model_settings"],
  ...["enable_auto_switch", "max_switches_per_request", "timeout_threshold", "prefer_fastest"],
  ...["usage_tracking", "updated_at", "routes", "tasks", "failover", "providers", "default"],
  ...["__proto__", "constructor", "", "_why", "1", "qwen"],
];

const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<unknown>(true, false, null, 0, 3, -1, 1e300, "qwen", "zhipu", "", [], {}),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...words), tie("any"), { maxKeys: 4 }),
  ),
})).any;

function isToldWell(text: string): void {
  const { snapshot, problems } = load(text);
  expect(snapshot === null).toBe(problems.some(({ severity }) => severity === "error"));
  for (const { line, column, message } of problems) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
    expect(message).not.toBe("");
  }
  const imported = importConfiguration(text);
  if (!("bytes" in imported)) {
    expect(imported.problems.some(({ severity }) => severity === "error")).toBe(true);
  } else if (snapshot !== null) {
    const now = load(new TextDecoder().decode(imported.bytes));
    expect(now.snapshot?.routes).toEqual(snapshot.routes);
  }
}

const runs = { numRuns: 250, seed: 20_261_124 };

test("any value at any older key", () => {
  const at = fc.constantFrom(
    ["model_selection"],
    ["model_selection", "auto_switch_rules"],
    ["model_selection", "task_specific_models"],
    ["model_selection", "task_specific_models", "diary_writing"],
    ["model_selection", "task_specific_models", "translation", "preferred_providers"],
    ["model_selection", "default_provider"],
    ["model_selection", "fallback_providers"],
    ["usage_tracking"],
    ["task_specific_models"],
    ["routes"],
  );
  fc.assert(
    fc.property(at, value, (path, put) => {
      const content = JSON.parse(shape("tasks")) as Record<string, unknown>;
      const holder = path.slice(0, -1).reduce((held, part) => held[part] as typeof held, content);
      holder[path.at(-1) ?? ""] = put;
      isToldWell(JSON.stringify(content));
    }),
    runs,
  );
});

test("an older file with pieces cut out, doubled or put elsewhere", () => {
  const text = shape("tasks");
  const place = fc.nat(text.length);
  const mutation = fc.record({ from: place, length: fc.nat(60), to: place, keep: fc.boolean() });
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (mutations) => {
      const mutated = mutations.reduce((now, { from, length, to, keep }) => {
        const rest = keep ? now : now.slice(0, from) + now.slice(from + length);
        return rest.slice(0, to) + now.slice(from, from + length) + rest.slice(to);
      }, text);
      isToldWell(mutated);
    }),
    runs,
  );
});
