import { describe, expect, test } from "vitest";
import { sayProblem } from "../errors.ts";
import { loadConfiguration } from "./load.ts";

type Settings = Readonly<Record<string, unknown>>;

function provider(settings: Settings = {}): Settings {
  const endpoint = "https://api.deepseek.com/v1/chat/completions";
  return {
    api_endpoint: endpoint,
    api_key: "sk-test-1",
    model_name: "deepseek-flash",
    ...settings,
  };
}

const local = { api_endpoint: "http://localhost:11434/v1/chat/completions", model_name: "small" };
const three = {
  a: provider({ priority: 2 }),
  b: provider({ priority: 1, api_key: "sk-test-2" }),
  c: provider(local),
};

function load(content: object) {
  const refuse = () => {
    throw new Error("no file is asked for");
  };
  return loadConfiguration(JSON.stringify(content), {
    environment: { get: () => undefined },
    files: { readSync: refuse, read: () => Promise.reject(new Error("nor here")) },
  });
}

function route(settings: Settings, rest: object = {}, name = "short") {
  const { snapshot, problems } = load({ providers: three, routes: { [name]: settings }, ...rest });
  if (snapshot === null) throw new Error(JSON.stringify(problems));
  return snapshot.routes[name];
}

function told(content: object): readonly string[] {
  return load({ providers: three, ...content })
    .problems.filter(({ message }) => !message.includes("the key stands in the file"))
    .map((problem) => sayProblem("f", problem).replace(/^f:\d+:\d+ /u, ""));
}

const namesOf = (settings: Settings, rest?: object, name?: string) =>
  route(settings, rest, name)?.providers.map((one) => one.name);

describe("who is on a route", () => {
  test("those it names, in their order, whatever their priority", () => {
    expect(namesOf({ providers: ["a", "c", "b"] })).toEqual(["a", "c", "b"]);
  });

  test("all by priority, when it names none", () => {
    expect(namesOf({})).toEqual(["b", "a", "c"]);
  });

  test("local_only leaves only those on this machine", () => {
    expect(namesOf({ local_only: true })).toEqual(["c"]);
    expect(route({ local_only: true })?.localOnly).toBe(true);
  });

  test("a relay on this machine that is said to be a cloud's is none", () => {
    const relay = { ...three, c: provider({ ...local, provider_type: "cloud" }) };
    expect(told({ providers: relay, routes: { short: { local_only: true } } })[0]).toContain(
      "is local_only, and no provider is on this machine",
    );
  });

  test("`default` can be written, and `tasks` is the older word", () => {
    expect(namesOf({ providers: ["c", "a", "b"] }, {}, "default")).toEqual(["c", "a", "b"]);
    const { snapshot } = load({ providers: three, tasks: { short: { providers: ["c"] } } });
    expect(Object.keys(snapshot?.routes ?? {})).toEqual(["default", "short"]);
  });
});

test("overrides replace what the provider says, and only on the route", () => {
  const overrides = { max_tokens: 9, temperature: null, timeout: 3, extra_body: { top_k: 1 } };
  const [first] = route({ providers: ["a"], overrides })?.providers ?? [];
  expect(first).toMatchObject({ maxTokens: 9, temperature: null, timeoutMs: 3_000 });
  expect(first?.extraBody).toEqual({ top_k: 1 });
  const { snapshot } = load({ providers: three, routes: { short: { overrides } } });
  expect(snapshot?.routes["default"]?.providers[0]?.maxTokens).toBe(150);
  expect(snapshot?.routes["short"]?.providers[0]?.identity).toEqual(
    snapshot?.routes["default"]?.providers[0]?.identity,
  );
});

test("a route's failover says what is different from the file's", () => {
  const failover = { deadline: 100, retry: "switch_first", backoff: { base: 2 } };
  const own = { deadline: 9, max_switches: 1, prefer: "fastest", backoff: { max: 5 } };
  expect(route({ providers: ["a", "b"], failover: own }, { failover })?.policy).toMatchObject({
    deadlineMs: 9_000,
    maxSwitches: 1,
    prefer: "fastest",
    retry: "switch_first",
    backoff: { baseMs: 2_000, maxMs: 5_000 },
  });
});

describe("what is wrong is told where it stands", () => {
  test.each([
    [
      { providers: ["a", "bb"] },
      'short.providers[1]: there is no provider "bb". Did you mean "b"?',
    ],
    [{ providers: [] }, "short.providers: names no provider. Name a provider, or take"],
    [{ providers: ["a", "a"] }, 'short.providers[1]: warning: "a" stands here a second time'],
    [{ providers: ["a"], local_only: true }, 'providers[0]: "a" is not on this machine, and'],
    [{ capabilities: ["poems"] }, "capabilities[0]: warning: no provider says that it is fit"],
    [{ failover: { deadline: 2 } }, "short.failover.deadline: 2 s for 3 providers leaves each"],
    [{ failover: { deadlin: 2 } }, 'deadlin: is not a known setting. Did you mean "deadline"?'],
    [{ overrides: { max_tokns: 2 } }, 'Did you mean "max_tokens"?'],
    [{ failover: { max_switches: 1 } }, 'max_switches: warning: a request may switch once, so "c"'],
  ])("%j", (settings, expected) => {
    expect(told({ routes: { short: settings } }).join("\n")).toContain(expected);
  });

  test("by speed or price anybody may come first, so nobody comes too late", () => {
    const failover = { max_switches: 1, prefer: "fastest" };
    expect(told({ routes: { short: { failover } } }).join("\n")).not.toContain("may switch once");
  });

  test("a deadline is shared among those whom a request can come to, not among all", () => {
    const failover = { deadline: 2, max_switches: 1 };
    expect(told({ routes: { short: { failover } } }).join("\n")).not.toContain("a share of");
  });

  test("one name for two routes", () => {
    const twice = { routes: { short: { providers: ["a"] } }, tasks: { short: {} } };
    expect(told(twice).join("\n")).toContain(
      'tasks.short: there is another route of this name, in "routes"',
    );
  });

  test("a provider on no route", () => {
    expect(told({ routes: { default: { providers: ["a", "b"] } } }).join("\n")).toContain(
      "providers.c: warning: is on no route",
    );
  });

  test("nobody on the route can be used", () => {
    const idle = { ...three, c: provider({ ...local, enabled: false }) };
    expect(told({ providers: idle, routes: { short: { providers: ["c"] } } }).join("\n")).toContain(
      'routes.short: warning: nobody can answer on the route "short": "c" cannot be used',
    );
  });
});
