import { describe, expect, test } from "vitest";
import type { Event, LLMProviderError } from "../../src/index.ts";
import { LLMConfigManager } from "../../src/index.ts";
import type { Lab } from "../../src/lab/index.ts";
import { always, fault, startLab } from "../../src/lab/index.ts";

/** Routes over real sockets: what a request on one sends, to whom, and what it cost. */

const hello = { messages: [{ role: "user", content: "Hello" } as const] };

type File = { readonly entries?: Readonly<Record<string, object>>; readonly routes?: object };

/** A manager of the lab's providers, from a file that says more than the lab writes. */
function managerOf(lab: Lab, { entries = {}, routes = {} }: File) {
  const written = Object.entries(lab.configuration("qwen", "deepseek").providers);
  const providers = Object.fromEntries(
    written.map(([name, entry]) => [name, { ...entry, ...entries[name] }]),
  );
  const events: Event[] = [];
  const failover = { backoff: { base: 0.01, jitter: 0 } };
  const manager = LLMConfigManager.from(
    { providers, failover, routes },
    { observers: [(event) => void events.push(event)] },
  );
  return { manager, events };
}

const refusal = (promise: Promise<unknown>): Promise<LLMProviderError> =>
  promise.then(
    () => Promise.reject(new Error("it was answered")),
    (error: unknown) => error as LLMProviderError,
  );

const sent = (lab: Lab): unknown => JSON.parse(lab.requests.at(-1)?.body ?? "{}");

describe("what a route says otherwise", () => {
  test("arrives, and stays on the route", async () => {
    await using lab = await startLab();
    const overrides = {
      max_tokens: 77,
      temperature: 0.1,
      extra_body: { user: "a-test" },
    };
    const { manager } = managerOf(lab, {
      routes: { terse: { providers: ["deepseek", "qwen"], overrides } },
    });
    await using _ = manager;
    await manager.generate(hello, { route: "terse" });
    expect(lab.requests.at(-1)?.provider).toBe("deepseek");
    expect(sent(lab)).toMatchObject({ max_tokens: 77, temperature: 0.1, user: "a-test" });
    await manager.generate(hello);
    expect(lab.requests.at(-1)?.provider).toBe("qwen");
    expect(JSON.stringify(sent(lab))).not.toContain("a-test");
    await manager.generate({ ...hello, max_tokens: 5 }, { route: "terse" });
    expect(sent(lab)).toMatchObject({ max_tokens: 5, temperature: 0.1 });
    // A provider that is named takes what the route asks of it, too.
    await manager.generate(hello, { route: "terse", provider: "deepseek" });
    expect(sent(lab)).toMatchObject({ max_tokens: 77 });
  });

  test("its tries and its time", async () => {
    await using lab = await startLab();
    await lab.script("deepseek", always(fault.status(500)));
    const { manager } = managerOf(lab, {
      routes: { once: { providers: ["deepseek"], overrides: { retry_attempts: 1 } } },
    });
    await using _ = manager;
    const error = await refusal(manager.generate(hello, { route: "once" }));
    expect(error.attempts).toHaveLength(1);
    await lab.script("deepseek", always(fault.silent()));
    const { manager: hasty } = managerOf(lab, {
      routes: {
        hasty: { providers: ["deepseek"], overrides: { timeout: 0.05, retry_attempts: 1 } },
      },
    });
    await using __ = hasty;
    const late = await refusal(hasty.generate(hello, { route: "hasty" }));
    expect(late).toMatchObject({ kind: "timeout", attempts: [{ provider: "deepseek" }] });
  });
});

describe("refused before anybody is asked", () => {
  test("a route that there is not names those that there are", async () => {
    await using lab = await startLab();
    const { manager } = managerOf(lab, { routes: { summaries: {}, drafts: {} } });
    await using _ = manager;
    const error = await refusal(manager.generate(hello, { route: "summary" }));
    expect(error).toMatchObject({ kind: "bad_request", attempts: [] });
    expect(error.message).toContain(
      'There is no route "summary"; did you mean "summaries"? The configuration has default, ',
    );
  });

  test("local_only holds for a provider that is named", async () => {
    await using lab = await startLab();
    const { manager } = managerOf(lab, {
      // A relay on this machine that passes everything on.
      entries: { deepseek: { provider_type: "cloud" } },
      routes: { private: { local_only: true } },
    });
    await using _ = manager;
    const route = "private";
    const error = await refusal(manager.generate(hello, { route, provider: "deepseek" }));
    expect(error).toMatchObject({ kind: "bad_request", attempts: [] });
    expect(error.message).toContain(
      "The route private is local_only, and deepseek is not on this machine.",
    );
    expect((await manager.generate(hello, { route, provider: "qwen" })).provider).toBe("qwen");
    expect((await manager.generate(hello, { provider: "deepseek" })).provider).toBe("deepseek");
    await lab.script("qwen", always(fault.status(500)));
    expect((await refusal(manager.generate(hello, { route }))).attempts).toHaveLength(3);
    expect(lab.tally("deepseek").requests).toBe(1);
  });
});

describe("what it cost", () => {
  const pricing = { input: 2, output: 8, cached_input: 0.5 };

  test("each attempt by the tokens told; a failed one that told none is not known", async () => {
    await using lab = await startLab();
    const { manager, events } = managerOf(lab, {
      entries: { qwen: { pricing }, deepseek: { pricing: { input: 1, output: 4 } } },
    });
    await using _ = manager;
    await lab.script("qwen", always(fault.status(401)));
    const { attempts, usage } = await manager.generate(hello);
    const { promptTokens, completionTokens } = usage ?? {};
    const cost = (Number(promptTokens) * 1 + Number(completionTokens) * 4) / 1_000_000;
    expect(cost).toBeGreaterThan(0);
    expect(attempts.map((one) => [one.provider, one.cost])).toEqual([
      ["qwen", null],
      ["deepseek", cost],
    ]);
    await manager.close();
    const told = events.flatMap((event) => (event.type === "attempt-end" ? [event.cost] : []));
    expect(told).toEqual([null, cost]);
  });

  test("a stream's is told at its end", async () => {
    await using lab = await startLab();
    const { manager } = managerOf(lab, { entries: { qwen: { pricing } } });
    await using _ = manager;
    const stream = manager.stream(hello);
    for await (const _delta of stream) continue;
    const [attempt] = (await stream.answer).attempts;
    expect(attempt?.cost).toBeGreaterThan(0);
  });

  test("without prices nothing is told, which is not nothing", async () => {
    await using lab = await startLab();
    const { manager } = managerOf(lab, {});
    await using _ = manager;
    expect((await manager.generate(hello)).attempts.map(({ cost }) => cost)).toEqual([null]);
    expect(manager.explain(hello).worst.cost).toBeNull();
  });

  test("explain says the most that a request may cost", async () => {
    await using lab = await startLab();
    const both = { qwen: { pricing }, deepseek: { pricing: { input: 1, output: 4 } } };
    const { manager } = managerOf(lab, {
      entries: both,
      routes: {
        once: { failover: { max_attempts: 1 } },
        endless: { overrides: { max_tokens: null } },
      },
    });
    await using _ = manager;
    // Two tokens of prompt and 150 of answer, three times at each.
    const a = (2 * 2 + 150 * 8) / 1_000_000;
    const b = (2 * 1 + 150 * 4) / 1_000_000;
    expect(manager.explain(hello).worst.cost).toBeCloseTo(3 * a + 3 * b, 12);
    expect(manager.explain(hello, { route: "once" }).worst.cost).toBeCloseTo(a, 12);
    expect(manager.explain({ ...hello, max_tokens: 1 }).worst.cost).toBeCloseTo(
      (3 * (2 * 2 + 8) + 3 * (2 * 1 + 4)) / 1_000_000,
      12,
    );
    // Nothing bounds such an answer.
    expect(manager.explain(hello, { route: "endless" }).worst.cost).toBeNull();
    const { manager: half } = managerOf(lab, { entries: { qwen: { pricing } } });
    await using __ = half;
    expect(half.explain(hello).worst.cost).toBeNull();
  });
});
