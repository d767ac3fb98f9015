import { describe, expect, test } from "vitest";
import type { ChatRequest, LLMProviderError } from "../src/index.ts";
import { always, fault } from "../src/lab/index.ts";
import { labWorld } from "./world.ts";

/** Who is asked first, who is passed over, and when the first is first again. */

const hello: ChatRequest = { messages: [{ role: "user", content: "Hello" }] };
const three = {
  providers: {
    one: { vendor: "deepseek" },
    two: { vendor: "deepseek" },
    three: { vendor: "openai" },
  },
} as const;

const rejected = (promise: Promise<unknown>): Promise<LLMProviderError> =>
  promise.then(
    () => {
      throw new Error("it was answered");
    },
    (error: unknown) => error as LLMProviderError,
  );

describe("priority", () => {
  test("lower is earlier, whoever has none comes after, and ties keep the file's order", () => {
    const entries = { three: { priority: 1 }, two: { priority: 1.5 } };
    expect(labWorld(three, { entries }).manager.explain(hello).order).toEqual([
      "three",
      "two",
      "one",
    ]);
    const tied = { one: { priority: 2 }, two: { priority: 1 }, three: { priority: 1 } };
    expect(labWorld(three, { entries: tied }).manager.explain(hello).order).toEqual([
      "two",
      "three",
      "one",
    ]);
    expect(labWorld(three).manager.explain(hello).order).toEqual(["one", "two", "three"]);
  });

  test("is what requests follow, also after a failure, and what is called current", async () => {
    const entries = { three: { priority: 1 }, two: { priority: 2 } };
    const { lab, manager, play } = labWorld(three, {
      entries,
      failover: { retry: "switch_first" },
    });
    expect(manager.getCurrentProvider()?.providerName).toBe("three");
    lab.script("three", always(fault.status(500)));
    const { attempts } = await play(manager.generate(hello));
    expect(attempts.map(({ provider }) => provider)).toEqual(["three", "two"]);
  });

  test("the first is first again as soon as it is well", async () => {
    const entries = { three: { priority: 1 } };
    const failover = { circuit_breaker: { failures: 1 }, retry: "switch_first" };
    const { lab, manager, play, pass } = labWorld(three, { entries, failover });
    lab.script("three", always(fault.status(500)));
    expect((await play(manager.generate(hello))).provider).toBe("one");
    lab.heal();
    expect((await play(manager.generate(hello))).provider).toBe("one");
    expect(manager.getProviderStatus().providers["three"]).toMatchObject({ state: "open" });
    await pass(33_000);
    expect(manager.getCurrentProvider()?.providerName).toBe("three");
    expect((await play(manager.generate(hello))).provider).toBe("three");
  });
});

const tool = { type: "function", function: { name: "clock", parameters: {} } } as const;
const image = { type: "image_url", image_url: { url: "https://example.com/cat.png" } } as const;
const schema = { type: "json_schema", json_schema: { name: "x", schema: { type: "object" } } };

describe("what a request needs", () => {
  const plain = { capabilities: ["cheap"] };
  const able = { capabilities: ["tools", "images", "json_schema", "careful"] };
  test.each<[string, ChatRequest]>([
    ["tools", { ...hello, tools: [tool] }],
    ["images", { messages: [{ role: "user", content: [image] }] }],
    ["json_schema", { ...hello, response_format: schema }],
  ])("%s: whoever says what it is fit for, and not this, is passed over", (word, request) => {
    const { manager } = labWorld(three, { entries: { one: plain, two: able } });
    const { order, providers, needs } = manager.explain(request);
    expect(needs.capabilities).toEqual([word]);
    expect(order).toEqual(["two", "three"]);
    const reason = `not for ${word}`;
    expect(providers.at(-1)).toMatchObject({ provider: "one", state: "unfit", reason });
    expect(manager.explain(hello).order).toEqual(["one", "two", "three"]);
  });

  test("images go past a path and a model that take text only", async () => {
    const providers = { qwen: { vendor: "qwen" }, gpt: { vendor: "openai" } } as const;
    const { lab, manager, play } = labWorld({ providers });
    const request: ChatRequest = { messages: [{ role: "user", content: [image] }] };
    const answer = await play(manager.generate(request));
    expect(answer.attempts.map(({ provider }) => provider)).toEqual(["gpt"]);
    expect(lab.tally("qwen").requests).toBe(0);
  });

  test("json_schema in a provider's list is believed, and sent as it is", async () => {
    const { lab, manager, play } = labWorld(three, { entries: { one: able } });
    await play(manager.generate({ ...hello, response_format: schema }));
    expect(lab.requests[0]?.provider).toBe("one");
    expect(lab.requests[0]?.body).toContain('"json_schema"');
  });

  test("a prompt that is clearly too long for a window goes to a larger one", () => {
    const { manager } = labWorld(three, {
      entries: { one: { context_window: 1_000 }, two: { context_window: 100_000 } },
    });
    const long = (text: string, times: number): ChatRequest => ({
      messages: [{ role: "user", content: text.repeat(times) }],
    });
    expect(manager.explain(long("word ", 1_500)).order[0]).toBe("one");
    const { order, providers, needs } = manager.explain(long("word ", 2_000));
    expect(order[0]).toBe("two");
    expect(needs.estimatedTokens).toBe(2_500);
    expect(providers.at(-1)?.reason).toContain("about 2500 tokens, its window 1000");
    // Chinese takes more tokens for as many characters.
    expect(manager.explain(long("字", 2_900)).order[0]).toBe("one");
    expect(manager.explain(long("字", 3_100)).order[0]).toBe("two");
  });

  test("the caller's own words; whoever says nothing is thought fit", async () => {
    const entries = { one: plain, two: able };
    const { manager, play } = labWorld(three, { entries });
    const careful = { capabilities: ["careful"] };
    expect(manager.explain(hello, careful).order).toEqual(["two", "three"]);
    expect((await play(manager.generate(hello, careful))).provider).toBe("two");
    for (const wrong of ["careful" as unknown as string[], [""], ["tools", " "]]) {
      const error = await rejected(play(manager.generate(hello, { capabilities: wrong })));
      expect(error.failure).toMatchObject({ kind: "bad_request" });
    }
  });

  test("when nobody is fit, one error says what each lacks, and nobody is asked", async () => {
    const entries = { one: plain, two: able, three: plain };
    const { lab, manager, events, play } = labWorld(three, { entries });
    const both = { capabilities: ["careful", "cheap"] };
    const { failure, attempts } = await rejected(play(manager.generate(hello, both)));
    expect(failure).toEqual({
      kind: "unavailable",
      message:
        "No provider is fit for this request " +
        "(one: not for careful; two: not for cheap; three: not for careful).",
      unusable: [
        { provider: "one", reason: "not for careful", until: null },
        { provider: "two", reason: "not for cheap", until: null },
        { provider: "three", reason: "not for careful", until: null },
      ],
    });
    expect(attempts).toEqual([]);
    expect(lab.requests).toEqual([]);
    expect(events.map(({ type }) => type).slice(1)).toEqual(["request-start", "request-end"]);
    expect(manager.explain(hello, both).first).toMatchObject({ do: "stop", failure });
  });
});

describe("what is unwell together", () => {
  const throttled = fault.error(
    {
      status: 429,
      code: "Throttling.RateQuota",
      message: "Requests rate limit exceeded, please try again later.",
    },
    { retryAfter: 60 },
  );
  const same = { vendor: "qwen", key: "sk-lab-a" } as const;

  test("an account's limit of a model: its twin rests too, nothing else does", async () => {
    const model = "qwen-plus";
    const { lab, manager, play, pass } = labWorld(
      {
        providers: {
          first: { ...same, model },
          twin: { ...same, key: "sk-lab-b", model },
          flash: { ...same, model: "qwen-flash" },
          other: { ...same, key: "sk-lab-c", model },
        },
      },
      {
        entries: {
          first: { account: "ours" },
          twin: { account: "ours" },
          flash: { account: "ours" },
          other: { account: "theirs" },
        },
        failover: { retry: "switch_first" },
      },
    );
    lab.script("first", [throttled]);
    const { attempts } = await play(manager.generate(hello));
    expect(attempts.map(({ provider }) => provider)).toEqual(["first", "flash"]);
    const { providers } = manager.getProviderStatus();
    expect(Object.values(providers).map(({ state }) => state)).toEqual([
      "cooling",
      "cooling",
      "ready",
      "ready",
    ]);
    expect(providers["twin"]?.coolDowns).toMatchObject([
      { scope: "account_model", kind: "rate_limited", provenance: "stated" },
    ]);
    lab.script("flash", always(fault.status(500)));
    expect((await play(manager.generate(hello))).provider).toBe("other");
    expect(lab.tally("twin").requests).toBe(0);
    await pass(61_000);
    expect((await play(manager.generate(hello))).provider).toBe("first");
  });
});
