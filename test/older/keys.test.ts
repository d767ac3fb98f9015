import { describe, expect, test } from "vitest";
import { load } from "./load.ts";

/** Each older key means something, or it is said why not; nothing of it is lost without a word. */

type Settings = Readonly<Record<string, unknown>>;

function provider(settings: Settings = {}): Settings {
  const endpoint = "https://api.deepseek.com/v1/chat/completions";
  const usual = { api_endpoint: endpoint, api_key: "env:KEY", model_name: "deepseek-flash" };
  return { ...usual, ...settings };
}

const three = {
  a: provider({ priority: 2 }),
  b: provider({ priority: 1, account: "two", model_name: "deepseek-pro" }),
  c: provider({ priority: 3, account: "three", model_name: "deepseek-v4-pro" }),
};

const variables = { KEY: "sk-test-1" };

function read(rest: object, providers: object = three) {
  const loaded = load({ providers, ...rest }, variables);
  // What concerns the providers alone is no matter here.
  const told = loaded.told.filter(
    (line) => !line.startsWith("providers.") && !/^\w+: note: is an older form/u.test(line),
  );
  return { ...loaded, told };
}

const policy = (rest: object) => read(rest).snapshot?.routes["default"]?.policy;
const order = (rest: object, providers?: object) => read(rest, providers).routes["default"];

describe("who is asked", () => {
  test.each<[object, readonly string[]]>([
    [{ default_provider: "a" }, ["a", "b", "c"]],
    [{ default_provider: "a", fallback_providers: ["c"] }, ["a", "c"]],
    [{ default_provider: "a", fallback_providers: ["c", "a", "b"] }, ["a", "c", "b"]],
    [{ default_provider: "a", fallback_providers: [] }, ["a"]],
    [{ fallback_providers: ["c"] }, ["b", "c"]],
    [{ model_selection: { default_provider: "c" } }, ["c", "b", "a"]],
    [{ model_selection: {} }, ["b", "a", "c"]],
    [{ default_provider: "c", model_selection: { fallback_providers: ["a"] } }, ["c", "a"]],
    [{ default_provider: "c", routes: { default: { description: "all" } } }, ["c", "b", "a"]],
    [{ fallback_providers: ["a"], routes: { default: { description: "x" } } }, ["b", "a"]],
  ])("%j", (rest, expected) => {
    expect(order(rest)).toEqual(expected);
  });

  test.each<[object, readonly string[]]>([
    [{}, ["c", "b", "a"]],
    [{ default_provider: "a" }, ["c", "a", "b"]],
    [{ default_provider: "a", fallback_providers: ["c"] }, ["c", "a"]],
    [{ default_provider: "c", fallback_providers: ["a"] }, ["c", "a"]],
  ])("a task that prefers c, with %j", (rest, expected) => {
    const tasks = { task_specific_models: { t: { preferred_providers: ["c"] } } };
    expect(read({ ...tasks, ...rest }).routes["t"]).toEqual(expected);
    expect(read({ model_selection: { ...tasks, ...rest } }).routes["t"]).toEqual(expected);
  });

  test("a task without a list has the usual order, with its own settings", () => {
    const task = { model_settings: { temperature: null, timeout: 5, retry_attempts: 1 } };
    const { snapshot, told } = read({
      default_provider: "a",
      fallback_providers: ["b", "c"],
      task_specific_models: { t: task },
    });
    expect(told).toEqual([]);
    expect(snapshot?.routes["t"]?.providers[0]).toMatchObject({
      name: "a",
      temperature: null,
      timeoutMs: 5_000,
      retryAttempts: 1,
    });
  });

  test("an order without a default says who is first", () => {
    const disabled = { ...three, b: provider({ priority: 1, enabled: false }) };
    expect(read({ fallback_providers: ["c"] }, disabled).told).toEqual([
      'fallback_providers: note: no default_provider stands beside it: "a" is asked first. ' +
        "Name it as default_provider to say so",
    ]);
  });

  test("whoever is on no list is told, if enabled", () => {
    const rest = { default_provider: "a", fallback_providers: ["b"] };
    const { told } = load({ providers: three, ...rest }, variables);
    expect(told).toContainEqual(expect.stringMatching(/^providers.c: warning: is on no route/u));
    const without = { ...three, c: provider({ enabled: false }) };
    expect(load({ providers: without, ...rest }, variables).told.join()).not.toContain("no route");
  });
});

describe("the switches", () => {
  test.each<[Settings, object]>([
    [{ enable_auto_switch: false }, { maxSwitches: 0 }],
    [{ enable_auto_switch: true }, { maxSwitches: null }],
    [{ enable_auto_switch: false, max_switches_per_request: 4 }, { maxSwitches: 0 }],
    [{ max_switches_per_request: 4 }, { maxSwitches: 4 }],
    [{ switch_on_failure: false }, { switchOnFailure: false, switchOnTimeout: true }],
    [{ switch_on_timeout: false }, { switchOnFailure: true, switchOnTimeout: false }],
    [{ prefer_fastest: true }, { prefer: "fastest" }],
    [{ prefer_cheapest: true }, { prefer: "cheapest" }],
    [{ prefer_fastest: true, prefer_cheapest: true }, { prefer: "fastest" }],
    [{ prefer_fastest: false, prefer_cheapest: false }, { prefer: "order" }],
  ])("%j", (rules, expected) => {
    const { auto, performance } = Object.fromEntries(
      Object.entries({ auto: /switch/u, performance: /prefer/u }).map(([part, words]) => [
        part,
        Object.fromEntries(Object.entries(rules).filter(([key]) => words.test(key))),
      ]),
    );
    const nested = { auto_switch_rules: auto, performance_settings: performance };
    expect(policy({ model_selection: rules })).toMatchObject(expected);
    expect(policy({ model_selection: nested })).toMatchObject(expected);
  });

  test("what is false or as ever is not told", () => {
    const rules = {
      enable_auto_switch: true,
      switch_on_failure: true,
      switch_on_timeout: true,
      switch_on_high_cost: false,
      max_switches_per_request: 3,
      prefer_fastest: false,
      prefer_cheapest: false,
      prefer_highest_quality: false,
    };
    expect(read({ model_selection: rules }).told).toEqual([]);
  });

  test.each<[Settings, string]>([
    [{ switch_on_high_cost: true }, "switch_on_high_cost: warning: cannot be obeyed: nothing here"],
    [{ prefer_highest_quality: true }, "prefer_highest_quality: warning: cannot be obeyed: nobody"],
    [
      { prefer_fastest: true, prefer_cheapest: true },
      "prefer_cheapest: warning: has no effect: model_selection.prefer_fastest is true too, and",
    ],
    [
      { timeout_threshold: 9 },
      'timeout_threshold: note: a stream of "a", "b", "c" waits 9 s for its first content; a',
    ],
    [{ timeout_threshold: 60 }, "timeout_threshold: note: changes nothing: each provider's own"],
    [{ max_switches_per_request: 1 }, 'request: warning: a request may switch once, so "c" can'],
    [
      { enable_auto_switch: false },
      'auto_switch: warning: a request may never switch, so "a", "c"',
    ],
    [{ enable_auto_swich: false }, 'is not a known setting. Did you mean "enable_auto_switch"?'],
    [{ max_switches_per_request: "3" }, "must be a whole number from 0 to 1000, found the text"],
    [{ max_switches_per_request: -1 }, "must be a whole number from 0 to 1000, found -1"],
    [{ timeout_threshold: 90_000 }, "Durations are in seconds, not milliseconds"],
    [{ fallback_providers: "a" }, "must be a list of names: [ … ], found the text"],
    [{ auto_switch_rules: { switch_on_failur: true } }, 'Did you mean "switch_on_failure"?'],
    [{ performance_settings: [] }, "performance_settings: must be an object: { … }, found a list"],
  ])("%j: %s", (rules, expected) => {
    const [first = "", ...more] = read({ model_selection: rules }).told;
    expect(first).toContain(expected);
    expect(more).toEqual([]);
  });

  test("a preference that nothing is known for", () => {
    const api_endpoint = "https://llm.example.com/v1/chat/completions";
    const own = (account: string) => provider({ api_endpoint, model_name: account, account });
    const rest = { model_selection: { prefer_cheapest: true } };
    expect(read(rest, { a: own("a"), b: own("b") }).told).toEqual([
      "model_selection.prefer_cheapest: warning: has no effect: no provider's price is known. " +
        "Write pricing into the providers",
    ]);
    expect(read(rest).told).toEqual([]);
  });

  test("what the file's policy cuts off is told once, however many tasks there are", () => {
    const task = { model_settings: { max_tokens: 9 } };
    const tasks = { task_specific_models: { t: task, u: task, v: task } };
    const { told } = read({ model_selection: { enable_auto_switch: false, ...tasks } });
    expect(told).toHaveLength(1);
  });
});

describe("timeout_threshold", () => {
  const firstOf = (settings: Settings): number | undefined =>
    read({ model_selection: { timeout_threshold: 10 } }, { a: provider(settings) }).snapshot
      ?.providers[0]?.timeouts.firstContentMs;

  test("is the limit where a provider says nothing of it, and would wait longer", () => {
    expect(firstOf({})).toBe(10_000);
    expect(firstOf({ timeout: 5 })).toBe(5_000);
    expect(firstOf({ timeouts: { total: 8 } })).toBe(8_000);
    expect(firstOf({ timeouts: { first_content: 20 } })).toBe(20_000);
  });

  test("a whole answer keeps its timeout", () => {
    const { snapshot } = read({ model_selection: { timeout_threshold: 10 } });
    expect(snapshot?.providers[0]?.timeouts).toMatchObject({ wholeMs: 30_000, idleMs: 30_000 });
  });
});

describe("two places for one key", () => {
  test("the nested one is read, and a flat one that says otherwise is told", () => {
    const both = {
      max_switches_per_request: 1,
      auto_switch_rules: { max_switches_per_request: 2 },
    };
    expect(policy({ model_selection: both })).toMatchObject({ maxSwitches: 2 });
    expect(read({ model_selection: both }).told).toEqual([
      "model_selection.max_switches_per_request: warning: is not read: " +
        "model_selection.auto_switch_rules.max_switches_per_request says otherwise, and counts. " +
        "Keep one of the two",
    ]);
  });

  test("the same twice is fine", () => {
    const both = { prefer_fastest: true, performance_settings: { prefer_fastest: true } };
    expect(read({ model_selection: both }).told).toEqual([]);
  });

  test("model_selection counts before the top", () => {
    const both = { default_provider: "a", model_selection: { default_provider: "c" } };
    expect(order(both)?.[0]).toBe("c");
    expect(read(both).told[0]).toContain("default_provider: warning: is not read");
  });
});

describe("older and newer keys", () => {
  test.each<[object, string]>([
    [
      { model_selection: { max_switches_per_request: 3 }, failover: { max_switches: 2 } },
      "max_switches_per_request: comes to failover.max_switches 3, but that says 2. Keep one",
    ],
    [
      { model_selection: { enable_auto_switch: false }, failover: { max_switches: 2 } },
      "enable_auto_switch: comes to failover.max_switches 0, but that says 2. Keep one",
    ],
    [
      { model_selection: { switch_on_timeout: true }, failover: { switch_on_timeout: false } },
      "switch_on_timeout: comes to failover.switch_on_timeout true, but that says false",
    ],
    [
      { model_selection: { prefer_fastest: true }, failover: { prefer: "cheapest" } },
      'prefer_fastest: comes to failover.prefer "fastest", but that says "cheapest"',
    ],
    [
      { default_provider: "a", routes: { default: { providers: ["b", "a", "c"] } } },
      "default_provider: says who is asked, and routes.default.providers says it too",
    ],
    [
      { fallback_providers: ["a"], routes: { default: { providers: ["b", "a", "c"] } } },
      "fallback_providers: says who is asked, and routes.default.providers says it too",
    ],
    [
      { task_specific_models: { t: {} }, routes: { t: { providers: ["a"] } } },
      'task_specific_models.t: is a route of the name "t", and routes.t is it too. Keep one',
    ],
  ])("%j contradict each other", (rest, expected) => {
    const { snapshot, told } = read(rest);
    expect(snapshot).toBeNull();
    expect(told[0]).toContain(expected);
  });

  test("what agrees or does not meet may stand together", () => {
    const { snapshot, told, routes } = read({
      default_provider: "a",
      model_selection: { max_switches_per_request: 3 },
      failover: { max_switches: 3, deadline: 60 },
      routes: { short: { overrides: { max_tokens: 9 } } },
    });
    expect(told).toEqual([]);
    expect(snapshot?.routes["default"]?.policy).toMatchObject({ maxSwitches: 3 });
    expect(routes).toEqual({ default: ["a", "b", "c"], short: ["a", "b", "c"] });
  });
});

describe("names that nobody has", () => {
  test.each<[object, string]>([
    [{ default_provider: "aa" }, 'default_provider: there is no provider "aa". Did you mean "a"?'],
    [{ default_provider: "openrouter" }, 'no provider "openrouter". There are "a", "b", "c"'],
    [
      { model_selection: { fallback_providers: ["a", "bb"] } },
      "fallback_providers[1]: there is no",
    ],
    [
      { task_specific_models: { t: { preferred_providers: ["c", "cc"] } } },
      'task_specific_models.t.preferred_providers[1]: there is no provider "cc". Did you mean "c"?',
    ],
    [
      { task_specific_models: { t: { model_settings: { max_tokns: 3 } } } },
      'model_settings.max_tokns: is not a known setting. Did you mean "max_tokens"?',
    ],
    [
      { task_specific_models: { t: { prefered_providers: [] } } },
      'task_specific_models.t.prefered_providers: is not a known setting. Did you mean "preferred',
    ],
  ])("%j", (rest, expected) => {
    const { snapshot, told } = read(rest);
    expect(snapshot).toBeNull();
    expect(told.join("\n")).toContain(expected);
    expect(told.filter((line) => line.includes("there is no provider")).length).toBeLessThan(2);
  });

  test("a name that stands twice in one list", () => {
    expect(read({ default_provider: "b", fallback_providers: ["a", "c", "a"] }).told).toEqual([
      'fallback_providers[2]: warning: "a" stands here a second time. Take one of them out',
    ]);
  });
});

describe("a default that cannot be asked", () => {
  const rest = { default_provider: "a", fallback_providers: ["b", "c"] };

  test("disabled", () => {
    const providers = { ...three, a: provider({ enabled: false }) };
    expect(read(rest, providers).told).toEqual([
      'default_provider: warning: "a" is disabled: "b" is asked first in its place. ' +
        "Enable it, or name another one here",
    ]);
    expect(order(rest, providers)).toEqual(["b", "c"]);
  });

  test("without a key", () => {
    const providers = { ...three, a: provider({ api_key: "" }) };
    expect(read(rest, providers).told).toEqual([
      'default_provider: warning: "a" has no key: "b" is asked first in its place. ' +
        "Give it a key, or name another one here",
    ]);
  });
});

test("remarks and wishes change nothing, and are said to", () => {
  const rest = {
    usage_tracking: { enabled: true, track_cots: 1 },
    updated_at: 3,
    updated_by: null,
  };
  expect(read(rest).told).toEqual([
    expect.stringContaining("usage_tracking: note: changes nothing: every answer, error and event"),
    'usage_tracking.track_cots: is not a known setting. Did you mean "track_cost"?',
    "updated_at: note: is read as a remark; it changes nothing",
    "updated_by: note: is read as a remark; it changes nothing",
  ]);
});
