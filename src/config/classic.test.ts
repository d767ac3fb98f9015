import { expect, test } from "vitest";
import { sayProblem } from "../errors.ts";
import { Secret } from "../secret.ts";
import { compareSnapshots } from "./diff.ts";
import { describeProvider } from "./llm-config.ts";
import { loadConfiguration } from "./load.ts";
import { starterConfiguration } from "./starter.ts";

/** The file as it has always been written must load and work. */

function classic(qwenKey: string, deepseekKey: string): string {
  const settings = `"max_tokens": 150, "temperature": 0.7, "timeout": 30, "retry_attempts": 3`;
  return `{ "providers": {
  "qwen": { "provider_name": "qwen",
    "api_endpoint": "${native}",
    "api_key": "${qwenKey}", "model_name": "qwen-turbo", ${settings} },
  "deepseek": { "provider_name": "deepseek",
    "api_endpoint": "https://api.deepseek.com/v1/chat/completions",
    "api_key": "${deepseekKey}", "model_name": "deepseek-chat", ${settings} } } }`;
}

const native = "https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation";

function load(text: string, variables: Readonly<Record<string, string>> = {}, strict = false) {
  const refuse = () => {
    throw new Error("no file is asked for");
  };
  const files = { readSync: refuse, read: () => Promise.reject(new Error("nor here")) };
  const environment = { get: (name: string) => variables[name] };
  const { snapshot, problems } = loadConfiguration(text, { files, environment, strict });
  return { snapshot, told: problems.map((problem) => sayProblem("f", problem)) };
}

test("it loads unchanged, and warns of keys in the file and of retired models", () => {
  const { snapshot, told } = load(classic("sk-test-qwen", "sk-test-deepseek"));
  expect(told).toEqual([
    "f:4:16 providers.qwen.api_key: warning: the key stands in the file itself. " +
      'Keep it out of the file: write "env:DASHSCOPE_API_KEY"',
    'f:4:46 providers.qwen.model_name: warning: "qwen-turbo" is retired: ' +
      'qwen stopped serving it on 2026-07-13. Write "qwen-flash"',
    "f:7:16 providers.deepseek.api_key: warning: the key stands in the file itself. " +
      'Keep it out of the file: write "env:DEEPSEEK_API_KEY"',
    'f:7:50 providers.deepseek.model_name: warning: "deepseek-chat" is retired: ' +
      'deepseek stopped serving it on 2026-07-24. Write "deepseek-flash"',
  ]);
  expect(snapshot?.hash).toMatch(/^[\da-f]{12}$/u);
  expect(snapshot?.warnings).toHaveLength(4);
  expect(snapshot?.routes["default"]?.providers.map(({ name }) => name)).toEqual([
    "qwen",
    "deepseek",
  ]);
  const [qwen, deepseek] = snapshot?.providers ?? [];
  expect(qwen).toMatchObject({
    protocol: "dashscope",
    vendor: "qwen",
    endpoint: native,
    model: "qwen-turbo",
    keySource: "inline",
    maxTokens: 150,
    temperature: 0.7,
    retryAttempts: 3,
    thinking: "off",
    timeouts: {
      connectMs: 10_000,
      wholeMs: 30_000,
      firstContentMs: 30_000,
      idleMs: 30_000,
      totalMs: 600_000,
    },
  });
  expect(deepseek).toMatchObject({ protocol: "openai_chat", vendor: "deepseek" });
  expect(deepseek?.key?.reveal()).toBe("sk-test-deepseek");
});

test("its deadline is 190 s for 6 attempts, with the waits it always had", () => {
  const { snapshot } = load(classic("sk-test-qwen", "sk-test-deepseek"));
  expect(snapshot?.routes["default"]?.policy).toEqual({
    retry: "same_first",
    deadlineMs: 190_000,
    maxAttempts: 6,
    maxSwitches: null,
    switchOnFailure: true,
    switchOnTimeout: true,
    prefer: "order",
    backoff: { baseMs: 1_000, factor: 2, maxMs: 30_000, jitterMs: 1_000 },
    whenLimited: "next",
    queueMax: 1_000,
    whenExhausted: "fail",
    onContentFiltered: "stop",
    onLength: "accept",
  });
});

const placeholders = classic("your-qwen-api-key", "your-deepseek-api-key");

test("with placeholders and no variable it is refused with the variables to set", () => {
  const { snapshot, told } = load(placeholders);
  expect(snapshot).toBeNull();
  expect(told[0]).toBe(
    "f:1:16 providers: no provider has a key, so none can be used. " +
      "Set DASHSCOPE_API_KEY or QWEN_API_KEY or DEEPSEEK_API_KEY",
  );
  expect(told[1]).toContain("not configured, and skipped: a placeholder stands where the key");
});

test("with one variable set it works through that provider only", () => {
  const { snapshot, told } = load(placeholders, { DEEPSEEK_API_KEY: "sk-test-deepseek" });
  expect(snapshot?.routes["default"]?.providers.map(({ name }) => name)).toEqual(["deepseek"]);
  expect(snapshot?.routes["default"]?.policy).toMatchObject({ deadlineMs: 95_000, maxAttempts: 3 });
  expect(snapshot?.providers.map(({ key, keySource }) => [key === null, keySource])).toEqual([
    [true, "not set: DASHSCOPE_API_KEY or QWEN_API_KEY"],
    [false, "variable DEEPSEEK_API_KEY"],
  ]);
  expect(told.filter((line) => line.includes("api_key"))).toEqual([
    expect.stringContaining("qwen.api_key: warning: not configured, and skipped"),
    expect.stringContaining(
      "deepseek.api_key: note: a placeholder stands here: the key is taken from the variable " +
        "DEEPSEEK_API_KEY",
    ),
  ]);
});

test("in strict mode its warnings are errors", () => {
  expect(load(placeholders, { DEEPSEEK_API_KEY: "k" }, true).snapshot).toBeNull();
});

test("names that look like numbers keep the file's order", () => {
  const text = classic("sk-test-qwen", "sk-test-deepseek")
    .replace('"qwen": { "provider_name": "qwen",', '"10": {')
    .replace('"deepseek": { "provider_name": "deepseek",', '"2": {');
  expect(load(text).snapshot?.providers.map(({ name }) => name)).toEqual(["10", "2"]);
});

test("the file that init writes loads with its variables set, with nothing to tell", () => {
  const variables = { DASHSCOPE_API_KEY: "sk-test-q", DEEPSEEK_API_KEY: "sk-test-d" };
  const { snapshot, told } = load(starterConfiguration, variables, true);
  expect(told.filter((line) => !line.includes(" note: "))).toEqual([]);
  expect(snapshot?.providers.map(({ name, model }) => [name, model])).toEqual([
    ["qwen", "qwen-flash"],
    ["deepseek", "deepseek-flash"],
    ["qwen-plus", "qwen-plus"],
  ]);
  const one = load(starterConfiguration, { DEEPSEEK_API_KEY: "sk-test-d" });
  expect(one.snapshot?.routes["default"]?.providers.map(({ name }) => name)).toEqual(["deepseek"]);
  expect(load(starterConfiguration).told.join("\n")).toContain("DASHSCOPE_API_KEY");
});

test("a provider can be shown without its key", () => {
  const { snapshot } = load(classic("sk-test-qwen", "sk-test-deepseek"));
  const [qwen] = snapshot?.providers ?? [];
  if (qwen === undefined) throw new Error("it is there");
  const shown = describeProvider(qwen);
  expect(shown).toMatchObject({
    providerName: "qwen",
    apiEndpoint: native,
    apiKey: "***",
    apiKeySource: "inline",
    modelName: "qwen-turbo",
    maxTokens: 150,
    temperature: 0.7,
    timeout: 30,
    retryAttempts: 3,
    configured: true,
  });
  expect(JSON.stringify(shown)).not.toContain("sk-test");
  expect(Object.isFrozen(shown)).toBe(true);
});

test("the whole snapshot is frozen and shows no key", () => {
  const { snapshot } = load(classic("sk-test-qwen", "sk-test-deepseek"));
  expect(JSON.stringify(snapshot)).not.toContain("sk-test");
  const isFrozen = (value: unknown): boolean =>
    typeof value !== "object" ||
    value === null ||
    value instanceof Secret ||
    (Object.isFrozen(value) && Object.values(value).every(isFrozen));
  expect(isFrozen(snapshot)).toBe(true);
});

test("two snapshots of the same text do not differ", () => {
  const text = classic("sk-test-qwen", "sk-test-deepseek");
  const [before, after] = [load(text).snapshot, load(text).snapshot];
  if (before === null || after === null) throw new Error("both load");
  expect(compareSnapshots(before, after)).toEqual([]);
});
