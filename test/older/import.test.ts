import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importConfiguration } from "../../src/index.ts";
import { load, shape, shapes } from "./load.ts";

/** An older file in the newer form says the same, and looks as it did where it could. */

function imported(text: string, options = {}) {
  const result = importConfiguration(text, options);
  if (!("bytes" in result)) throw new Error(JSON.stringify(result.problems));
  return { ...result, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(result.bytes) };
}

const older =
  /model_selection|default_provider|fallback_providers|task_specific|updated_|tracking/u;

describe("the four shapes", () => {
  test.each(shapes)("%s means the same, and nothing older is left", (name) => {
    const text = shape(name);
    const now = imported(text);
    const [before, after] = [load(text), load(now.text)];
    expect(after.snapshot?.providers).toEqual(before.snapshot?.providers);
    expect(after.snapshot?.routes).toEqual(before.snapshot?.routes);
    expect(after.snapshot?.health).toEqual(before.snapshot?.health);
    expect(after.told.filter((line) => older.test(line) || line.includes("Ollama"))).toEqual([]);
    expect(imported(now.text).outcome).toBe("unchanged");
  });

  test("the classic file is left as it is", () => {
    expect(imported(shape("classic"))).toMatchObject({ outcome: "unchanged", keys: [] });
    expect(imported(shape("classic")).text).toBe(shape("classic"));
  });

  test.each(["nested", "tasks"] as const)("%s, as it is written then", (name) => {
    const { text } = imported(shape(name));
    expect(text.slice(text.indexOf('"zhipu": {'))).toMatchSnapshot();
  });

  test("it is said what became of every key", () => {
    const { keys } = imported(shape("tasks"));
    expect(
      keys.map(({ path, now, why }) => `${path}: ${now ?? "left out"}; ${why}`),
    ).toMatchSnapshot();
  });
});

describe("models that are retired", () => {
  test("are told, and left as they are", () => {
    expect(imported(shape("classic")).retired).toEqual([
      { provider: "qwen", model: "qwen-turbo", since: "2026-07-13", replacement: "qwen-flash" },
      expect.objectContaining({ provider: "deepseek", replacement: "deepseek-flash" }),
    ]);
  });

  test("are replaced when that is wanted", () => {
    const { text, retired, keys } = imported(shape("classic"), { updateModels: true });
    expect(retired).toEqual([]);
    expect(text).toBe(
      shape("classic")
        .replace("qwen-turbo", "qwen-flash")
        .replace("deepseek-chat", "deepseek-flash"),
    );
    expect(keys.map(({ path, now }) => [path, now])).toEqual([
      ["providers.qwen.model_name", "qwen-flash"],
      ["providers.deepseek.model_name", "deepseek-flash"],
    ]);
  });
});

const commented = `\uFEFF{
  // All we have.
  "providers": {
    "a": { "api_endpoint": "http://localhost:11434/api/chat", /* mine */ "api_key": "none", "model_name": "m" },
    "b": { "api_endpoint": "https://b.example/v1/chat/completions", "api_key": "env:B", "model_name": "m" }, // theirs
  },
  "model_selection": {
    "default_provider": "b", // since May
    "task_specific_models": {
      // For the diary.
      "diary": {
        "preferred_providers": ["a"], // it is private
        "model_settings": {
          "max_tokens": 60, // six lines
          /* calm */ "temperature": 0.2,
        },
        "colour": "red",
        "_why": "asked for",
      },
    },
    "_note": 1,
  },
  "failover": { "deadline": 60 },
  "updated_by": "me",
}
`;

test("comments stay where their entries stay, and those that go are counted", () => {
  const { text, commentsLost, keys } = imported(commented);
  expect(text).toBe(`\uFEFF{
  // All we have.
  "providers": {
    "a": { "api_endpoint": "http://localhost:11434/v1/chat/completions", /* mine */ "api_key": "none", "model_name": "m" },
    "b": { "api_endpoint": "https://b.example/v1/chat/completions", "api_key": "env:B", "model_name": "m" }, // theirs
  },
  "routes": {
    "default": {
      "providers": ["b", "a"],
    },
    // For the diary.
    "diary": {
      "providers": ["a", "b"], // it is private
      "overrides": {
        "max_tokens": 60, // six lines
        /* calm */ "temperature": 0.2,
      },
      "_why": "asked for",
    },
  },
  "failover": { "deadline": 60 },
}
`);
  expect(commentsLost).toBe(1);
  const left = keys.filter(({ now }) => now === null).map(({ path, line }) => `${line} ${path}`);
  expect(left).toEqual([
    "17 model_selection.task_specific_models.diary.colour",
    "21 model_selection._note",
    "24 updated_by",
  ]);
});

test("a file that cannot be read, or contradicts itself, is not touched", () => {
  const text = commented
    .replace('"deadline": 60', '"max_switches": 1')
    .replace('"_note": 1', '"max_switches_per_request": 2');
  expect(importConfiguration(text)).toMatchObject({
    outcome: "unreadable",
    problems: expect.arrayContaining([
      expect.objectContaining({
        severity: "error",
        path: "model_selection.max_switches_per_request",
      }),
    ]) as unknown,
  });
  expect(importConfiguration("{")).toMatchObject({ outcome: "unreadable" });
  expect(importConfiguration("[]")).toMatchObject({ outcome: "unreadable" });
});

const names = ["a", "b", "2", "1", "zhipu"];
const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const listOfNames = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 4 });

const provider = fc.record(
  {
    api_endpoint: fc.constantFrom(
      "http://localhost:11434/api/generate",
      "https://api.deepseek.com/v1/chat/completions",
      "https://llm.example.com/v1",
    ),
    api_key: fc.constantFrom("env:KEY", "not-required", ""),
    model_name: fc.constantFrom("m", "deepseek-chat"),
    priority: fc.integer({ min: 0, max: 3 }),
    enabled: fc.boolean(),
    provider_type: fc.constantFrom("cloud", "ollama", "local"),
    timeout: fc.constantFrom(5, 30, 60),
    timeouts: fc.constantFrom({}, { first_content: 7 }, { total: 8 }),
  },
  { requiredKeys: ["api_endpoint", "api_key", "model_name"] },
);

const settings = fc.record(
  {
    max_tokens: fc.integer({ min: 1, max: 9 }),
    temperature: fc.constant(null),
    timeout: fc.constant(4),
  },
  { requiredKeys: [] },
);
const tasks = fc.dictionary(
  fc.constantFrom("diary", "3", "short"),
  fc.record({ preferred_providers: listOfNames, model_settings: settings }, { requiredKeys: [] }),
);
const rules = fc.record(
  {
    enable_auto_switch: fc.boolean(),
    switch_on_failure: fc.boolean(),
    switch_on_timeout: fc.boolean(),
    switch_on_high_cost: fc.boolean(),
    max_switches_per_request: fc.integer({ min: 0, max: 3 }),
  },
  { requiredKeys: [] },
);
const performance = fc.record(
  {
    prefer_fastest: fc.boolean(),
    prefer_cheapest: fc.boolean(),
    prefer_highest_quality: fc.boolean(),
    timeout_threshold: fc.constantFrom(6, 10, 45),
  },
  { requiredKeys: [] },
);
const order = fc.record(
  {
    default_provider: fc.constantFrom(...names),
    fallback_providers: listOfNames,
    task_specific_models: tasks,
  },
  { requiredKeys: [] },
);
const route = fc.oneof(
  fc.record({ providers: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }) }),
  fc.record({ local_only: fc.constant(true), overrides: settings }),
  fc.record({ overrides: settings }),
);
const file = fc
  .record({
    providers: fc
      .tuple(fc.shuffledSubarray(names, { minLength: 5 }), fc.array(provider, { minLength: 5 }))
      .map(([all, each]) => Object.fromEntries(all.map((name, at) => [name, each[at]]))),
    selection: some(
      fc.tuple(order, rules, performance, some(rules), some(performance)).map((parts) => ({
        ...Object.assign({}, ...parts.slice(0, 3)),
        ...(parts[3] && { auto_switch_rules: parts[3] }),
        ...(parts[4] && { performance_settings: parts[4] }),
      })),
    ),
    top: fc.option(order, { nil: {}, freq: 1 }),
    routes: some(
      fc.dictionary(fc.constantFrom("new", "9", "other", "default"), route, { maxKeys: 2 }),
    ),
    also: fc.record(
      { updated_at: fc.constant(1), usage_tracking: fc.constant({ enabled: true }) },
      { requiredKeys: [] },
    ),
    failover: some(fc.constantFrom({ deadline: 99 }, { max_attempts: 9 }, { prefer: "order" })),
  })
  .map(({ providers, selection, top, routes, also, failover }) => ({
    ...(routes && { routes }),
    ...top,
    providers,
    ...(selection && { model_selection: selection }),
    ...also,
    ...(failover && { failover }),
  }));

const layouts = fc.constantFrom(
  (text: object) => JSON.stringify(text),
  (text: object) => JSON.stringify(text, null, 2),
  (text: object) => JSON.stringify(text, null, "\t").replaceAll("\n", "\r\n"),
  (text: object) => JSON.stringify(text, null, 2).replaceAll("\n", " // why\n"),
);

test("whatever an older file says, the newer one says the same", () => {
  let meant = 0;
  fc.assert(
    fc.property(file, layouts, (content, write) => {
      const text = write(content);
      const before = load(text, { KEY: "sk-test-1" });
      if (before.snapshot === null) return;
      meant += 1;
      const now = imported(text);
      const after = load(now.text, { KEY: "sk-test-1" });
      const saying = (loaded: typeof before) => {
        const { providers, routes, health, failureRules } = loaded.snapshot ?? {};
        return { providers, routes, health, failureRules };
      };
      expect(saying(after)).toEqual(saying(before));
      expect(after.told.filter((line) => older.test(line))).toEqual([]);
      expect(imported(now.text).text).toBe(now.text);
    }),
    { numRuns: 200, seed: 20_261_123 },
  );
  expect(meant).toBeGreaterThan(80);
});
