import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CheckOptions } from "../../src/index.ts";
import { LLMConfigManager, checkConfiguration, inspectConfiguration } from "../../src/index.ts";

/** Checks that think: what they find, and what they leave alone. */

const deepseek = {
  api_endpoint: "https://api.deepseek.com/v1/chat/completions",
  api_key: "env:DEEPSEEK_API_KEY",
  model_name: "deepseek-flash",
};
const qwen = {
  api_endpoint: "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions",
  api_key: "env:DASHSCOPE_API_KEY",
  model_name: "qwen-flash",
};
const relay = {
  api_endpoint: "https://llm.example.com/v1/chat/completions",
  api_key: "env:RELAY_KEY",
  model_name: "any",
};
const local = {
  api_endpoint: "http://localhost:11434/v1/chat/completions",
  api_key: "none",
  model_name: "small",
};

const files = {
  readSync: () => new TextEncoder().encode("sk-test-file"),
  read: () => Promise.resolve(new Uint8Array()),
};
const options: CheckOptions = {
  environment: { get: (name) => (name.endsWith("UNSET") ? undefined : `sk-test-${name}`) },
  files,
  clock: { now: () => Date.UTC(2026, 10, 1) },
};

function told(content: object, changes: CheckOptions = {}): readonly string[] {
  return checkConfiguration(JSON.stringify(content), { ...options, ...changes }).map(
    ({ severity, path, message, hint }) =>
      `${severity === "error" ? "" : `${severity}: `}${path}: ${message}. ${hint}`,
  );
}

/** Nothing but what one line each begins with. */
function expectTold(content: object, beginnings: readonly string[], changes?: CheckOptions): void {
  const lines = told(content, changes);
  expect(lines.map((line, index) => line.slice(0, beginnings[index]?.length))).toEqual(beginnings);
}

describe("stand-ins that are not independent", () => {
  const again = 'warning: providers.b: is "a" over again: the same endpoint, model and key';
  const account = 'warning: providers: "a" and "b" are of one account';

  test.each<[string, object, readonly string[]]>([
    ["one twice", { providers: { a: qwen, b: qwen, c: deepseek } }, [again]],
    ["one twice and nobody else", { providers: { a: qwen, b: qwen } }, [again]],
    [
      "by another name of its key",
      { providers: { a: qwen, b: { ...qwen, api_key: "${DASHSCOPE_API_KEY}" } } },
      [again],
    ],
    [
      "one model in two ways, on routes of their own",
      {
        providers: { a: qwen, b: { ...qwen, temperature: 0 }, c: deepseek },
        routes: {
          default: { providers: ["a", "c"] },
          exact: { providers: ["b", "c"] },
        },
      },
      [],
    ],
    [
      "two models of one account",
      { providers: { a: qwen, b: { ...qwen, model_name: "qwen-plus" } } },
      [account],
    ],
    [
      "two hosts of one vendor with one key",
      {
        providers: {
          a: qwen,
          b: {
            ...qwen,
            api_endpoint: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions",
          },
        },
      },
      [account],
    ],
    [
      "two keys of one named account",
      {
        providers: {
          a: { ...qwen, account: "team" },
          b: { ...qwen, account: "team", api_key: "env:QWEN_API_KEY", model_name: "qwen-plus" },
        },
      },
      [account],
    ],
    [
      "one key of two named accounts",
      {
        providers: {
          a: { ...qwen, account: "one" },
          b: { ...qwen, account: "two", model_name: "qwen-plus" },
        },
      },
      [],
    ],
    ["another key", { providers: { a: qwen, b: { ...qwen, api_key: "env:QWEN_API_KEY" } } }, []],
    ["another vendor", { providers: { a: qwen, b: deepseek } }, []],
    [
      "one gateway's account",
      { providers: { a: relay, b: { ...relay, model_name: "other" } } },
      [account],
    ],
    [
      "one key at two hosts nobody knows may be two accounts",
      {
        providers: {
          a: relay,
          b: { ...relay, api_endpoint: "https://other.example.com/v1/chat/completions" },
        },
      },
      [],
    ],
    [
      "one's own server has no accounts",
      { providers: { a: local, b: { ...local, model_name: "large" } } },
      [],
    ],
    [
      "a third that is independent",
      { providers: { a: qwen, b: { ...qwen, model_name: "qwen-plus" }, c: deepseek } },
      [],
    ],
    [
      "a third that is disabled does not help",
      {
        providers: {
          a: qwen,
          b: { ...qwen, model_name: "qwen-plus" },
          c: { ...deepseek, enabled: false },
        },
      },
      [account],
    ],
    [
      "only on the route where it is so",
      {
        providers: { a: qwen, b: { ...qwen, model_name: "qwen-plus" }, c: deepseek },
        routes: { narrow: { providers: ["a", "b"] }, wide: { providers: ["b", "c"] } },
      },
      ['warning: routes.narrow: "a" and "b" on the route "narrow" are of one account'],
    ],
    [
      "once, where it is so on every route",
      {
        providers: { a: qwen, b: { ...qwen, model_name: "qwen-plus" } },
        routes: { same: { providers: ["b", "a"] } },
      },
      [account],
    ],
  ])("%s", (_, content, expected) => {
    expectTold(content, expected);
  });
});

describe("keys and models in the wrong place", () => {
  test.each<[string, object, readonly string[]]>([
    ["a vendor's own variable", { providers: { a: qwen, b: deepseek } }, []],
    [
      "another vendor's variable",
      { providers: { a: { ...qwen, api_key: "env:OPENAI_API_KEY" } } },
      ["warning: providers.a.api_key: OPENAI_API_KEY is usually openai's key, and it goes to dash"],
    ],
    [
      "any variable at a relay",
      { providers: { a: { ...relay, api_key: "env:OPENAI_API_KEY" } } },
      [],
    ],
    ["a variable of one's own", { providers: { a: { ...qwen, api_key: "env:TEAM_KEY" } } }, []],
    [
      "a model of another vendor",
      { providers: { a: { ...deepseek, model_name: "claude-sonnet-4-5" } } },
      ['warning: providers.a.model_name: "claude-sonnet-4-5" is a model of Anthropic'],
    ],
    [
      "a model that the host serves as well",
      { providers: { a: { ...qwen, model_name: "deepseek-v4-pro" } } },
      [],
    ],
    ["any model at a relay", { providers: { a: { ...relay, model_name: "gpt-5.5" } } }, []],
    [
      "a model misspelt",
      { providers: { a: { ...deepseek, model_name: "deepseek-flsh" } } },
      ['warning: providers.a.model_name: "deepseek-flsh" is no model that is known'],
    ],
    [
      "a model with another number, which may be there",
      { providers: { a: { ...qwen, model_name: "qwen3.9-max" } } },
      [],
    ],
    ["a model nobody knows", { providers: { a: { ...deepseek, model_name: "deepseek-xl" } } }, []],
  ])("%s", (_, content, expected) => {
    expectTold(content, expected);
  });

  test("a key by how it begins, never shown", () => {
    const environment = { get: () => "sk-ant-test-CANARY" };
    const lines = told({ providers: { a: deepseek } }, { environment });
    expect(lines).toEqual([
      "warning: providers.a.api_key: the key looks like one of Anthropic's, and api.deepseek.com " +
        "will not take it. put this vendor's own key there, or mend api_endpoint",
    ]);
    expect(told({ providers: { a: relay } }, { environment })).toEqual([]);
  });

  test("a model's retirement is told by the day", () => {
    const at = (day: string) =>
      told(
        { providers: { a: { ...qwen, model_name: "qwen-turbo" } } },
        { clock: { now: () => Date.parse(day) } },
      );
    expect(at("2026-07-12T23:59:59Z")).toEqual([
      'warning: providers.a.model_name: "qwen-turbo" retires soon: qwen stops serving it on ' +
        '2026-07-13. write "qwen-flash"',
    ]);
    expect(at("2026-07-13T00:00:00Z")).toEqual([
      'warning: providers.a.model_name: "qwen-turbo" is retired: qwen stopped serving it on ' +
        '2026-07-13. write "qwen-flash"',
    ]);
  });
});

describe("files that everybody may read", () => {
  const inline = { providers: { a: { ...deepseek, api_key: "sk-test-inline" } } };
  const keyFile = { providers: { a: { ...deepseek, api_key: "file:/etc/key" } } };
  const open = "warning: : everybody on this machine may read this file, and keys stand in it";

  function modes(content: object, mode: number | null, file?: string): readonly string[] {
    const asked = { ...files, modeSync: () => mode };
    const lines = told(content, { files: asked, ...(file === undefined ? {} : { file }) });
    return lines
      .filter((line) => line.includes("everybody"))
      .map((line) => line.split(". ")[0] ?? "");
  }

  test("a file with keys", () => {
    expect(modes(inline, 0o644, "/c.json")).toEqual([open]);
    expect(modes(inline, 0o602, "/c.json")).toEqual([open]);
    for (const mode of [0o600, 0o640, 0o400, null])
      expect(modes(inline, mode, "/c.json")).toEqual([]);
    expect(modes(inline, 0o644)).toEqual([]);
  });

  test("a file without keys may be read by all", () => {
    for (const one of [deepseek, local, { ...deepseek, headers: { "x-team": "blue" } }]) {
      expect(modes({ providers: { a: one } }, 0o644, "/c.json")).toEqual([]);
    }
    const header = { ...deepseek, headers: { "x-api-key": "sk-test-1" } };
    expect(modes({ providers: { a: header } }, 0o644, "/c.json")).toEqual([open]);
  });

  test.skipIf(process.platform === "win32")("a start and a reload tell it, too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "standin-open-"));
    const file = join(folder, "c.json");
    writeFileSync(file, JSON.stringify(inline));
    chmodSync(file, 0o644);
    const manager = new LLMConfigManager(file, { watch: false, observers: [() => {}] });
    const warned = () =>
      manager.getProviderStatus().configuration.warnings.map(({ message }) => message);
    expect(warned()[0]).toMatch(/^everybody on this machine may read this file/u);
    chmodSync(file, 0o600);
    await manager.reloadConfiguration();
    expect(warned()).toEqual(["the key stands in the file itself"]);
    await manager.close();
    rmSync(folder, { recursive: true });
  });

  test("a key file, but for what a container is given", () => {
    expect(modes(keyFile, 0o644)).toEqual([
      "warning: providers.a.api_key: everybody on this machine may read the key file /etc/key",
    ]);
    expect(modes(keyFile, 0o600)).toEqual([]);
    const mounted = { providers: { a: { ...deepseek, api_key: "file:/run/secrets/key" } } };
    expect(modes(mounted, 0o444)).toEqual([]);
  });
});

describe("settings that never act", () => {
  const two = { a: qwen, b: deepseek };

  test.each<[string, object, readonly string[]]>([
    [
      "failover that is only said again",
      { providers: { a: qwen }, failover: { switch_on_timeout: true } },
      [],
    ],
    [
      "one that acts on some route",
      {
        providers: two,
        failover: { retry: "switch_first" },
        routes: { one: { providers: ["a"] } },
      },
      [],
    ],
    [
      "the route's own, on its route",
      { providers: two, routes: { one: { providers: ["a"], failover: { max_switches: 1 } } } },
      ["warning: routes.one.failover.max_switches: has no effect: there is no other provider"],
    ],
    [
      "the file's, where every route says otherwise or cannot use it",
      {
        providers: { a: qwen },
        failover: { prefer: "fastest" },
        routes: { one: { failover: { prefer: "order" } } },
      },
      ["warning: failover.prefer: has no effect: there is no other provider"],
    ],
    [
      "a disabled provider may come back",
      { providers: { a: qwen, b: { ...deepseek, enabled: false } }, failover: { max_switches: 1 } },
      [],
    ],
    [
      "exactly as many attempts as there are tries",
      { providers: two, failover: { max_attempts: 6 } },
      [],
    ],
    ["the price of one is known", { providers: two, failover: { prefer: "cheapest" } }, []],
    [
      "a priority that nobody goes by",
      {
        providers: { a: { ...qwen, priority: 2 }, b: { ...deepseek, priority: 1 } },
        routes: { default: { providers: ["a", "b"] } },
      },
      ["warning: providers.a.priority: has no effect: every route names its providers"],
    ],
    [
      "a priority that one route goes by",
      {
        providers: { a: { ...qwen, priority: 2 }, b: { ...deepseek, priority: 1 } },
        routes: { default: { providers: ["a", "b"] }, other: {} },
      },
      [],
    ],
    [
      "a second try on one route",
      {
        providers: { a: { ...qwen, retry_attempts: 1 }, b: { ...deepseek, retry_attempts: 1 } },
        failover: { backoff: { base: 2 } },
        routes: { patient: { overrides: { retry_attempts: 2 } } },
      },
      [],
    ],
    [
      "the breaker's share of failures, which nobody asked for",
      { providers: { a: { ...qwen, rate_limit: { requests_per_minute: 3 } }, b: deepseek } },
      [],
    ],
    [
      "a deadline that a narrow default does not show",
      {
        providers: two,
        failover: { deadline: 1.5 },
        routes: {
          default: { providers: ["a"], failover: { deadline: 60 } },
          all: { providers: ["a", "b"] },
        },
      },
      ["failover.deadline: 1.5 s for 2 providers leaves each a share of 0.75 s"],
    ],
  ])("%s", (_, content, expected) => {
    expectTold(content, expected);
  });
});

/** How often a request asks its only provider when each attempt fails at once. */
function attemptsOf(content: object): number {
  const manager = LLMConfigManager.from(content);
  return manager.explain({ messages: [{ role: "user", content: "Hello" }] }).quickest.attempts;
}

describe("what is said of tries is what a request does", () => {
  const settings = fc.record({
    // As many failures in a row as open the breaker: what lies beyond is the breaker's to say.
    retry_attempts: fc.integer({ min: 1, max: 5 }),
    timeout: fc.integer({ min: 1, max: 40 }),
    deadline: fc.integer({ min: 2, max: 200 }),
    base: fc.integer({ min: 0, max: 30 }).map((tenths) => Math.max(0.01, tenths / 10)),
    requests_per_minute: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
  });

  test("a limit or a deadline lets as many happen as they say, and no more", () => {
    let limited = 0;
    fc.assert(
      fc.property(settings, ({ retry_attempts, timeout, deadline, base, requests_per_minute }) => {
        const provider = { ...deepseek, api_key: "sk-test-1", retry_attempts, timeout };
        const rate =
          requests_per_minute === undefined ? {} : { rate_limit: { requests_per_minute } };
        const content = {
          providers: { a: { ...provider, ...rate } },
          failover: { deadline, backoff: { base } },
        };
        const found = told(content)
          .map((line) => /only (\d+) of \d+ tries/u.exec(line)?.[1])
          .filter((count) => count !== undefined);
        const possible = Math.min(retry_attempts, ...found.map(Number));
        if (found.length > 0) limited += 1;
        expect(attemptsOf(content)).toBe(possible);
      }),
      { numRuns: 500 },
    );
    expect(limited).toBeGreaterThan(30);
  });
});

test("the worst case is the one that is explained", () => {
  const content = {
    providers: { a: { ...qwen, api_key: "sk-test-1" }, b: { ...deepseek, api_key: "sk-test-2" } },
    failover: { deadline: 100 },
    routes: { quick: { overrides: { timeout: 3 }, failover: { max_attempts: 3 } } },
  };
  const manager = LLMConfigManager.from(content);
  const { routes } = inspectConfiguration(JSON.stringify(content));
  for (const name of ["default", "quick"]) {
    const messages = [{ role: "user", content: "Hello" } as const];
    const { worst, order, deadlineMs } = manager.explain({ messages }, { route: name });
    const route = routes?.find((one) => one.name === name);
    expect(route).toEqual({ name, providers: order, deadlineMs, worst });
  }
});
