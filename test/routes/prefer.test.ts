import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { AnswerStream, ChatRequest } from "../../src/index.ts";
import type { LabProviderSettings } from "../../src/lab/index.ts";
import { always, fault } from "../../src/lab/index.ts";
import { standin } from "../child.ts";
import type { Changes } from "../world.ts";
import { labWorld } from "../world.ts";

/** `prefer`: who of a route comes first, by what was measured or by what is charged. */

const hello: ChatRequest = { messages: [{ role: "user", content: "Hello" }] };

/** Three providers that take so long for a whole answer, in milliseconds. */
function paced(latencies: Readonly<Record<string, number>>, changes: Changes = {}) {
  const providers = Object.fromEntries(
    Object.entries(latencies).map(([name, latencyMs]): [string, LabProviderSettings] => [
      name,
      { vendor: "openai", latencyMs },
    ]),
  );
  const failover = { prefer: "fastest", ...changes.failover };
  const world = labWorld({ providers }, { ...changes, failover });
  const { manager, play } = world;
  /** Who answered so many requests, one after the other. */
  async function who(times: number): Promise<string> {
    const names: string[] = [];
    for (let time = 0; time < times; time += 1) {
      names.push((await play(manager.generate(hello))).provider);
    }
    return names.join("");
  }
  const read = async (stream: AnswerStream) => {
    for await (const _ of stream) continue;
    return (await stream.answer).provider;
  };
  return { ...world, who, stream: () => play(read(manager.stream(hello))) };
}

describe("fastest", () => {
  test("each has a turn, then the clearly fastest is first", async () => {
    const { manager, who } = paced({ a: 900, b: 500, c: 200 });
    expect(await who(8)).toBe("abcccccc");
    expect(manager.getCurrentProvider()?.providerName).toBe("c");
    const { order, prefer, providers } = manager.explain(hello);
    expect({ order, prefer }).toEqual({ order: ["c", "b", "a"], prefer: "fastest" });
    expect(providers.map(({ provider, paceMs }) => [provider, paceMs])).toEqual([
      ["c", 200],
      ["b", 500],
      ["a", 900],
    ]);
  });

  test("a difference within 25 % is none: the route's order holds", async () => {
    expect(await paced({ a: 240, b: 200, c: 220 }).who(6)).toBe("abcaaa");
    expect(await paced({ a: 260, b: 200, c: 220 }).who(6)).toBe("abcbbb");
    // Nobody is clearly slower than the one before, but the last is than the first.
    expect(paced({ a: 300, b: 240, c: 200 }).manager.explain(hello).order).toEqual(["a", "b", "c"]);
    const { manager, who } = paced({ a: 300, b: 240, c: 200 });
    await who(3);
    expect(manager.explain(hello).order).toEqual(["b", "c", "a"]);
  });

  test("streams are compared by their first content, whole answers by their end", async () => {
    const { manager, who, stream } = paced({ a: 300, b: 100 });
    expect(await who(3)).toBe("abb");
    expect(manager.explain(hello, { stream: true }).order).toEqual(["a", "b"]);
    const streamed = [await stream(), await stream(), await stream()];
    expect(streamed).toEqual(["a", "b", "b"]);
  });

  test("at most one request at a time finds out; the others keep to the order", async () => {
    const { manager, play } = paced({ a: 300, b: 200, c: 100 });
    const many = () => Promise.all(Array.from({ length: 6 }, () => manager.generate(hello)));
    const names = async () => (await play(many())).map(({ provider }) => provider).join("");
    expect(await names()).toBe("aaaaaa");
    expect(await names()).toBe("baaaaa");
    expect(await names()).toBe("cbbbbb");
    expect(await names()).toBe("cccccc");
  });

  test("who fails is no faster for failing fast, and gets another turn after ten minutes", async () => {
    const { lab, manager, who, pass } = paced({ a: 500, b: 100 });
    lab.script("b", always(fault.status(500)));
    expect(await who(5)).toBe("aaaaa");
    // The second request found out, with the tries that it has; nobody else did.
    expect(lab.tally("b").requests).toBe(3);
    lab.heal("b");
    expect(await who(2)).toBe("aa");
    await pass(600_000);
    // Of neither anything is known by now: the first is asked first.
    expect(await who(4)).toBe("abbb");
    expect(manager.explain(hello).order).toEqual(["b", "a"]);
  });

  test("who fails more often than not is the slowest, though its answers are fast", async () => {
    const { lab, manager, who } = paced(
      { a: 500, b: 100 },
      { entries: { b: { retry_attempts: 1 } } },
    );
    lab.script("b", (number) => (number % 3 === 1 ? "well" : fault.status(500)));
    await who(30);
    expect(manager.explain(hello).order).toEqual(["a", "b"]);
    expect(lab.tally("b").requests).toBeLessThan(6);
  });

  test("a provider that became slow loses its place, one that is unwell its turn", async () => {
    const { lab, manager, who, play } = paced({ a: 500, b: 100 });
    expect(await who(4)).toBe("abbb");
    lab.script("b", always(fault.slowFirstByte(3_000)));
    const later = await who(12);
    expect(later).toMatch(/^b+a+$/u);
    expect(later).toMatch(/a{5}$/u);
    lab.script("a", always(fault.status(401)));
    expect((await play(manager.generate(hello))).attempts.map(({ provider }) => provider)).toEqual([
      "a",
      "b",
    ]);
    // Its key was refused: it comes first, but rests.
    expect(manager.explain(hello).order).toEqual(["a", "b"]);
    expect(manager.getCurrentProvider()?.providerName).toBe("b");
  });

  test("old measurements expire", async () => {
    const { who, pass } = paced({ a: 500, b: 100 });
    expect(await who(3)).toBe("abb");
    await pass(400_000);
    expect(await who(1)).toBe("b");
    await pass(300_000);
    // What is known of b is fresh enough; a has another turn.
    expect(await who(3)).toBe("abb");
  });
});

describe("cheapest", () => {
  const three = {
    providers: { a: { vendor: "openai" }, b: { vendor: "openai" }, c: { vendor: "openai" } },
  } as const;
  const failover = { prefer: "cheapest" };
  const orderOf = (entries: Changes["entries"], request = hello) => {
    const changes = entries === undefined ? { failover } : { failover, entries };
    return labWorld(three, changes).manager.explain(request).order.join("");
  };

  test("by what this request would cost: long prompts and long answers differ", () => {
    const entries = {
      a: { pricing: { input: 1, output: 40 } },
      b: { pricing: { input: 4, output: 8 } },
      c: { pricing: { input: 3, output: 9 } },
    };
    const long: ChatRequest = { messages: [{ role: "user", content: "word ".repeat(4_000) }] };
    expect(orderOf(entries)).toBe("bca");
    expect(orderOf(entries, long)).toBe("acb");
    expect(orderOf(entries, { ...long, max_tokens: 2_000 })).toBe("cba");
  });

  test("unknown prices come last, equal ones in the route's order, and it is said", async () => {
    const price = { pricing: { input: 2, output: 2 } };
    expect(orderOf({ b: price, c: price })).toBe("bca");
    expect(orderOf({ a: price, b: price, c: price })).toBe("abc");
    expect(orderOf({})).toBe("abc");
    const { manager, play } = labWorld(three, { failover, entries: { b: price } });
    const { providers, prefer } = manager.explain(hello);
    expect(prefer).toBe("cheapest");
    expect(providers.map(({ provider, price: one }) => [provider, one])).toEqual([
      ["b", (2 * 2 + 150 * 2) / 1_000_000],
      ["a", null],
      ["c", null],
    ]);
    expect((await play(manager.generate(hello))).provider).toBe("b");
    expect(manager.getCurrentProvider()?.providerName).toBe("b");
  });

  test("is asked first and left like any other", async () => {
    const entries = { c: { pricing: { input: 1, output: 1 } } };
    const { lab, manager, play } = labWorld(three, { failover, entries });
    lab.script("c", always(fault.status(401)));
    const { attempts } = await play(manager.generate(hello));
    expect(attempts.map(({ provider }) => provider)).toEqual(["c", "a"]);
  });
});

test("a route's own preference is its own", () => {
  const two = { providers: { a: { vendor: "openai" }, b: { vendor: "openai" } } } as const;
  const { manager } = labWorld(two, {
    entries: { b: { pricing: { input: 1, output: 1 } } },
    routes: { cheap: { failover: { prefer: "cheapest" } } },
  });
  expect(manager.explain(hello).order).toEqual(["a", "b"]);
  expect(manager.explain(hello, { route: "cheap" }).order).toEqual(["b", "a"]);
});

test("standin explain says what a place follows from", async () => {
  const folder = await mkdtemp(join(tmpdir(), "standin-prefer-"));
  const file = join(folder, "providers.json");
  const entry = {
    api_endpoint: "https://relay.example/v1/chat/completions",
    api_key: "env:A_KEY",
    model_name: "a-model",
  };
  const priced = { ...entry, pricing: { input: 1, output: 2 } };
  const providers = { plain: entry, priced };
  const say = async (prefer: string) => {
    await writeFile(file, JSON.stringify({ providers, failover: { prefer } }));
    return standin(["explain", "-c", file], { env: { A_KEY: "sk-test-prefer", NO_COLOR: "1" } });
  };
  try {
    const cheapest = (await say("cheapest")).out;
    expect(cheapest).toMatch(/1 {2}priced .* ready \(about \$0\.00030\)/u);
    expect(cheapest).toMatch(/2 {2}plain .* ready \(price not known\)/u);
    expect((await say("fastest")).out).toMatch(/1 {2}plain .* ready \(not measured\)/u);
    expect((await say("order")).out).not.toContain("ready (");
  } finally {
    await rm(folder, { recursive: true });
  }
});
