import { describe, expect, test } from "vitest";
import type { LLMProviderError } from "../../src/index.ts";
import type { Script } from "../../src/lab/index.ts";
import { always, fault } from "../../src/lab/index.ts";
import { labWorld } from "../world.ts";

/** The switches of older files act, in both of their forms, on the lab's providers. */

const three = {
  providers: {
    one: { vendor: "deepseek" },
    two: { vendor: "deepseek" },
    three: { vendor: "openai" },
  },
} as const;
const names = ["one", "two", "three"] as const;

const late = always(fault.silent());
const broken = always(fault.status(500));
const hello = { messages: [{ role: "user", content: "Hello" }] } as const;

const asRules = (rules: object) => ({ model_selection: { auto_switch_rules: rules } });
const asFlat = (rules: object) => ({ model_selection: rules });

type Scripts = Partial<Record<(typeof names)[number], Script>>;

/** Who was asked, in their order; whoever answered stands last. */
async function askedWith(rest: object, scripts: Scripts, entries = {}): Promise<readonly string[]> {
  const { lab, manager, play } = labWorld(three, { rest, entries });
  for (const [name, script] of Object.entries(scripts)) lab.script(name, script);
  const attempts = await play(manager.generate(hello)).then(
    (answer) => answer.attempts,
    (error: unknown) => (error as LLMProviderError).attempts,
  );
  return [...new Set(attempts.map(({ provider }) => provider))];
}

describe.each([
  ["nested", asRules],
  ["flat", asFlat],
])("%s", (_, rules) => {
  test.each<[object, Scripts, readonly string[]]>([
    [{ switch_on_timeout: false }, { one: late }, ["one"]],
    [{ switch_on_timeout: false }, { one: broken }, ["one", "two"]],
    [{ switch_on_timeout: true }, { one: late }, ["one", "two"]],
    [{ switch_on_failure: false }, { one: broken }, ["one"]],
    [{ switch_on_failure: false }, { one: late }, ["one", "two"]],
    [{ switch_on_failure: true }, { one: broken }, ["one", "two"]],
    [{ enable_auto_switch: false }, { one: broken }, ["one"]],
    [{ enable_auto_switch: false, max_switches_per_request: 3 }, { one: late }, ["one"]],
    [{ enable_auto_switch: true }, { one: late }, ["one", "two"]],
    [{ max_switches_per_request: 0 }, { one: broken }, ["one"]],
    [{ max_switches_per_request: 1 }, { one: broken, two: broken }, ["one", "two"]],
    [{ max_switches_per_request: 2 }, { one: broken, two: broken }, ["one", "two", "three"]],
  ])("%j with %j", async (rule, scripts, asked) => {
    expect(await askedWith(rules(rule), scripts)).toEqual(asked);
  });
});

describe("who is asked", () => {
  test("the default first, then the fallbacks, and nobody else", async () => {
    const order = { default_provider: "three", fallback_providers: ["one"] };
    expect(await askedWith({ model_selection: order }, {})).toEqual(["three"]);
    const all = { one: broken, two: broken, three: broken };
    expect(await askedWith({ model_selection: order }, all)).toEqual(["three", "one"]);
    expect(await askedWith(order, all)).toEqual(["three", "one"]);
  });

  test("without fallbacks, all others by priority", async () => {
    const all = { one: broken, two: broken, three: broken };
    const entries = { one: { priority: 9 }, two: { priority: 2 }, three: { priority: 5 } };
    expect(await askedWith({ default_provider: "three" }, all, entries)).toEqual([
      "three",
      "two",
      "one",
    ]);
  });

  test("a task: those it prefers, with its settings, then the default and the fallbacks", async () => {
    const rest = {
      model_selection: {
        default_provider: "one",
        fallback_providers: ["two"],
        task_specific_models: {
          poem: { preferred_providers: ["three"], model_settings: { max_tokens: 33 } },
        },
      },
    };
    const { lab, manager, play } = labWorld(three, { rest });
    expect((await play(manager.generate(hello, { route: "poem" }))).provider).toBe("three");
    expect(JSON.parse(lab.requests[0]?.body ?? "")).toMatchObject({
      max_completion_tokens: 33,
    });
    for (const name of ["three", "one"]) lab.script(name, broken);
    const { attempts } = await play(manager.generate(hello, { route: "poem" }));
    expect([...new Set(attempts.map(({ provider }) => provider))]).toEqual(["three", "one", "two"]);
  });
});

test("prefer_fastest: who has shown to be fast is asked first", async () => {
  const rest = { model_selection: { performance_settings: { prefer_fastest: true } } };
  const { lab, manager, play } = labWorld(three, { rest });
  lab.script("one", always(fault.slowFirstByte(2_000)));
  for (const provider of [...names, ...names, ...names]) {
    await play(manager.generate(hello, { provider }));
  }
  expect(manager.explain(hello).order.at(-1)).toBe("one");
  expect((await play(manager.generate(hello))).provider).not.toBe("one");
});

test("prefer_cheapest: whose price is lowest is asked first", async () => {
  const entries = {
    one: { pricing: { input: 3, output: 9 } },
    two: { pricing: { input: 2, output: 8 } },
    three: { pricing: { input: 0.1, output: 0.2 } },
  };
  const rest = { model_selection: { prefer_cheapest: true } };
  expect(await askedWith(rest, {}, entries)).toEqual(["three"]);
  expect(await askedWith({}, {}, entries)).toEqual(["one"]);
});

test("timeout_threshold: a stream goes on after so many seconds, a whole answer waits its own", async () => {
  const rest = { model_selection: { performance_settings: { timeout_threshold: 4 } } };
  const entries = { one: { retry_attempts: 1 }, two: { retry_attempts: 1 } };
  const { lab, manager, play, clock } = labWorld(three, { rest, entries });
  lab.script("one", late);
  const started = clock.now();
  const stream = manager.stream(hello);
  const read = async () => {
    for await (const _ of stream) break;
    return clock.now() - started;
  };
  const firstAt = await play(read());
  expect(firstAt).toBeGreaterThanOrEqual(4_000);
  expect(firstAt).toBeLessThan(6_000);
  const { attempts } = await play(manager.generate(hello));
  expect(attempts[0]).toMatchObject({ provider: "one", durationMs: 30_000 });
});

describe("while it runs", () => {
  const rest = { default_provider: "two", fallback_providers: ["three", "one"] };

  test("who is disabled in an older file can be enabled", async () => {
    const entries = { two: { enabled: false } };
    const { manager, play } = labWorld(three, { rest, entries });
    expect((await play(manager.generate(hello))).provider).toBe("three");
    manager.enableProvider("two");
    expect((await play(manager.generate(hello))).provider).toBe("two");
  });

  test("another can be made the default, and the others keep their order", () => {
    const { manager } = labWorld(three, { rest });
    expect(manager.explain(hello).order).toEqual(["two", "three", "one"]);
    manager.setDefaultProvider("one");
    expect(manager.explain(hello).order).toEqual(["one", "two", "three"]);
  });
});
