import { describe, expect, test } from "vitest";
import type { Snapshot } from "../snapshot.ts";
import { compareSnapshots } from "./diff.ts";
import { loadConfiguration } from "./load.ts";

const endpoint = "https://api.deepseek.com/v1/chat/completions";

type Settings = Readonly<Record<string, unknown>>;

function provider(settings: Settings = {}): Settings {
  return {
    api_endpoint: endpoint,
    api_key: "sk-test-1",
    model_name: "deepseek-flash",
    ...settings,
  };
}

function load(content: object): Snapshot {
  const refuse = () => {
    throw new Error("no file is asked for");
  };
  const { snapshot, problems } = loadConfiguration(JSON.stringify(content), {
    environment: { get: () => undefined },
    files: { readSync: refuse, read: () => Promise.reject(new Error("nor here")) },
  });
  if (snapshot === null) throw new Error(JSON.stringify(problems));
  return snapshot;
}

function one(settings: Settings, rest: object = {}): Snapshot["providers"][number] {
  const [first] = load({ providers: { one: provider(settings) }, ...rest }).providers;
  if (first === undefined) throw new Error("it was left out");
  return first;
}

function policy(providers: Readonly<Record<string, Settings>>, failover: object = {}) {
  return load({ providers, failover }).routes["default"]?.policy;
}

describe("a provider", () => {
  test("what the file leaves out has its default", () => {
    expect(one({})).toMatchObject({
      maxTokens: 150,
      temperature: 0.7,
      timeoutMs: 30_000,
      retryAttempts: 3,
      enabled: true,
      thinking: "off",
      headers: {},
      extraBody: {},
      contextWindow: 1_048_565,
      priority: 1_000,
      capabilities: null,
    });
    const said = { priority: 2, capabilities: ["tools", "cheap"] };
    expect(one(said)).toMatchObject(said);
  });

  test("null sends no max_tokens and no temperature", () => {
    expect(one({ max_tokens: null, temperature: null })).toMatchObject({
      maxTokens: null,
      temperature: null,
    });
  });

  test("a model without a known switch is left to the vendor", () => {
    const settings = { api_endpoint: "http://localhost:1/v1/chat/completions", model_name: "mine" };
    expect(one(settings)).toMatchObject({ thinking: "vendor", contextWindow: null });
    expect(one({ ...settings, context_window: 8_000 })).toMatchObject({ contextWindow: 8_000 });
  });

  test.each<[Settings, object]>([
    [{ timeout: 5 }, { connectMs: 5_000, wholeMs: 5_000, firstContentMs: 5_000, idleMs: 5_000 }],
    [{ timeout: 60 }, { connectMs: 10_000, wholeMs: 60_000, totalMs: 600_000 }],
    [{ timeout: 900 }, { wholeMs: 900_000, firstContentMs: 900_000, totalMs: 900_000 }],
    [{ timeouts: { total: 20 } }, { wholeMs: 20_000, firstContentMs: 20_000, totalMs: 20_000 }],
    [{ timeouts: { total: 90 } }, { wholeMs: 90_000, firstContentMs: 30_000, totalMs: 90_000 }],
    [{ timeouts: { connect: 1.5, first_content: 4 } }, { connectMs: 1_500, firstContentMs: 4_000 }],
    [{ timeouts: { idle: 0.25 } }, { idleMs: 250, wholeMs: 30_000 }],
  ])("%j", (settings, timeouts) => {
    expect(one(settings).timeouts).toMatchObject(timeouts);
  });

  test.each<[Settings, string, string, string]>([
    [{ api_endpoint: "https://api.deepseek.com" }, "openai_chat", "deepseek", "/chat/completions"],
    [
      { api_endpoint: "https://api.openai.com/v1" },
      "openai_chat",
      "openai",
      "/v1/chat/completions",
    ],
    [
      { api_endpoint: "https://dashscope.aliyuncs.com/compatible-mode/v1" },
      "openai_chat",
      "qwen",
      "/compatible-mode/v1/chat/completions",
    ],
    [
      { api_endpoint: "http://localhost:9/api/v1/services/aigc/text-generation/generation" },
      "dashscope",
      "qwen",
      "/api/v1/services/aigc/text-generation/generation",
    ],
    [
      { api_endpoint: "https://llm.example.com", protocol: "dashscope" },
      "dashscope",
      "qwen",
      "/api/v1/services/aigc/text-generation/generation",
    ],
    [{ vendor: "qwen" }, "openai_chat", "qwen", "/v1/chat/completions"],
  ])("%j", (settings, protocol, vendor, path) => {
    const compiled = one({ model_name: "m", ...settings });
    expect(compiled).toMatchObject({ protocol, vendor });
    expect(new URL(compiled.endpoint).pathname).toBe(path);
  });

  test("a completed or changed path is told with what it is now", () => {
    const api_endpoint =
      "https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation";
    const settings = provider({ api_endpoint, model_name: "qwen3.7-plus" });
    const { providers, warnings } = load({ providers: { a: settings } });
    expect(providers[0]?.endpoint).toContain("/multimodal-generation/generation");
    expect(warnings[0]).toMatchObject({
      severity: "warning",
      path: "providers.a.api_endpoint",
      hint: expect.stringContaining("multimodal-generation") as string,
    });
  });

  test("a path of a protocol that is not spoken, or that contradicts the one stated, is refused", () => {
    const refused = (settings: Settings) => () => one(settings);
    expect(refused({ api_endpoint: "https://api.anthropic.com/v1/messages" })).toThrow("anthropic");
    expect(refused({ api_endpoint: "http://localhost:8000/api/chat" })).toThrow("ollama");
    expect(refused({ protocol: "dashscope" })).toThrow("is a path of openai_chat");
  });

  test("thoughts that may use up the tokens, and a switch that is not there, are told", () => {
    const told = (settings: Settings): readonly string[] =>
      load({ providers: { one: provider(settings) } })
        .warnings.map(({ path, message }) => `${path}: ${message}`)
        .filter((line) => !line.includes("api_key"));
    expect(told({ thinking: "on" })).toEqual([
      'providers.one.max_tokens: 150 tokens may be used up by the thoughts of "deepseek-flash"',
    ]);
    expect(told({ thinking: "on", max_tokens: 4_000 })).toEqual([]);
    const api_endpoint = "https://llm.example.com/v1/chat/completions";
    expect(told({ thinking: "off", api_endpoint, model_name: "mine" })).toEqual([
      'providers.one.thinking: has no effect: no switch is known for "mine"',
    ]);
  });
});

describe("the policy", () => {
  test("the deadline is the worst case of every usable provider, at most 600 s", () => {
    const { deadlineMs, maxAttempts } = policy({
      a: provider({ timeout: 10, retry_attempts: 4 }),
      b: provider({ timeout: 5, retry_attempts: 1 }),
      c: provider({ enabled: false }),
    }) ?? { deadlineMs: 0, maxAttempts: 0 };
    expect([deadlineMs, maxAttempts]).toEqual([(4 * 10 + 2 + 3 + 5 + 5) * 1_000, 5]);
    expect(policy({ a: provider({ timeout: 500 }) })?.deadlineMs).toBe(600_000);
    expect(policy({ a: provider({ timeout: 1, retry_attempts: 8 }) })?.deadlineMs).toBe(
      (8 + 2 + 3 + 5 + 9 + 17 + 30 + 30) * 1_000,
    );
  });

  test("what the file says holds", () => {
    const failover = {
      deadline: 60,
      max_attempts: 4,
      retry: "switch_first",
      backoff: { base: 0.5, factor: 3, max: 8, jitter: 0 },
      on_content_filtered: "next",
      on_length: "fail",
    };
    expect(policy({ a: provider() }, failover)).toEqual({
      retry: "switch_first",
      deadlineMs: 60_000,
      maxAttempts: 4,
      maxSwitches: null,
      switchOnFailure: true,
      switchOnTimeout: true,
      prefer: "order",
      backoff: { baseMs: 500, factor: 3, maxMs: 8_000, jitterMs: 0 },
      whenLimited: "next",
      queueMax: 1_000,
      whenExhausted: "fail",
      onContentFiltered: "next",
      onLength: "fail",
    });
  });

  test("failure rules are filled up with nulls", () => {
    const failure_rules = [{ vendor: "qwen", code: "Busy", kind: "overloaded" }];
    expect(load({ providers: { a: provider() }, failure_rules }).failureRules).toEqual([
      { vendor: "qwen", status: null, code: "Busy", message: null, kind: "overloaded" },
    ]);
  });
});

describe("what changed between two snapshots", () => {
  const changes = (before: object, after: object): readonly string[] =>
    compareSnapshots(load(before), load(after));
  const was = { providers: { a: provider(), b: provider({ headers: { "X-K": "sk-test-h" } }) } };

  test.each<[object, readonly string[]]>([
    [{ providers: { a: provider(), b: was.providers.b } }, []],
    [{ providers: { b: was.providers.b, a: provider() } }, ['the order is now "b", "a"']],
    [
      { providers: { a: provider(), c: provider({ enabled: false }) } },
      [
        '"b" was removed',
        '"c" was added, disabled',
        "failover.deadline changed from 190 s to 95 s",
        "failover.max_attempts changed from 6 to 3",
      ],
    ],
    [
      {
        providers: {
          a: provider({ api_key: "sk-test-2", model_name: "deepseek-v4-pro", max_tokens: null }),
          b: provider({ headers: { "X-K": "sk-test-i" }, extra_body: { x: 1 } }),
        },
      },
      [
        '"a": model_name changed from "deepseek-flash" to "deepseek-v4-pro"',
        '"a": max_tokens changed from 150 to none',
        '"a": api_key changed (inline)',
        '"a": pricing.input changed from 0.3 to 1.32',
        '"a": pricing.output changed from 1.2 to 3.96',
        '"a": pricing.cached_input changed from 0.006 to 0.044',
        '"b": header "X-K" changed',
        '"b": extra_body "x" was added',
      ],
    ],
    [
      {
        providers: {
          a: provider({ account: "team", timeouts: { idle: 3 } }),
          b: was.providers.b,
        },
        failover: { retry: "switch_first", backoff: { max: 5 } },
        failure_rules: [{ kind: "quota", status: 418 }],
      },
      [
        '"a": timeouts.idle changed from 30 s to 3 s',
        '"a": account changed',
        'failover.retry changed from "same_first" to "switch_first"',
        "failover.backoff.max changed from 30 s to 5 s",
        "failure_rules changed",
      ],
    ],
    [
      { ...was, failover: { max_switches: 1, switch_on_timeout: false, prefer: "fastest" } },
      [
        "failover.max_switches changed from none to 1",
        "failover.switch_on_timeout changed from true to false",
        'failover.prefer changed from "order" to "fastest"',
      ],
    ],
  ])("%j", (after, expected) => {
    const told = changes(was, after);
    expect(told.filter((line) => !expected.includes(line))).toEqual([]);
    expect(told).toEqual(expected);
    expect(told.join("\n")).not.toContain("sk-test");
  });

  test("a provider that loses its key", () => {
    const { a, b } = was.providers;
    expect(changes(was, { providers: { a: { ...a, api_key: "" }, b } })).toContain(
      '"a" has no key any more',
    );
    expect(changes(was, { providers: { a: { ...a, enabled: false }, b } })).toContain(
      '"a" was disabled',
    );
  });
});
