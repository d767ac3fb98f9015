import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Event } from "../src/index.ts";
import { checkConfiguration, LLMConfigManager } from "../src/index.ts";
import type { LabProviderSettings, MemoryLab } from "../src/lab/index.ts";
import { fault, memoryTransport } from "../src/lab/index.ts";
import { systemPorts } from "../src/node/ports.ts";
import { rateReadyAt, unusedRate, withRequest } from "../src/resilience/rate.ts";
import { tokensReadyAt, withTokens } from "../src/resilience/tokens.ts";
import type { TokenWindow } from "../src/resilience/tokens.ts";
import { chanceFrom } from "./simulation/chance.ts";
import { createVirtualClock } from "./simulation/virtual-clock.ts";

/** The limits we keep ourselves, measured at the lab. */

const hello = { messages: [{ role: "user", content: "Hello" } as const] };

type Changes = { readonly providers: Record<string, object>; readonly more?: object };

function world(settings: Record<string, LabProviderSettings>, { providers, more = {} }: Changes) {
  const clock = createVirtualClock();
  const chance = chanceFrom(1);
  const lab: MemoryLab = memoryTransport({ providers: settings }, clock, chance);
  const entries = Object.entries(lab.configuration(...Object.keys(settings)).providers);
  const events: Event[] = [];
  const manager = LLMConfigManager.from(
    {
      providers: Object.fromEntries(
        entries.map(([name, entry]) => [name, { ...entry, ...providers[name] }]),
      ),
      ...more,
    },
    {
      ports: { ...systemPorts(), clock, random: chance, transport: lab },
      observers: [(event) => void events.push(event)],
    },
  );
  const arrivals = () => lab.requests.map(({ at, provider }) => ({ at, provider }));
  return { clock, lab, manager, events, arrivals };
}

/** The most of anything within any stretch of time. */
function mostWithin(times: readonly number[], ms: number): number {
  return Math.max(
    0,
    ...times.map((start) => times.filter((at) => at >= start && at < start + ms).length),
  );
}

test("60 a minute and 4 in flight, under 200 callers: no more ever arrives", async () => {
  const { clock, lab, manager, arrivals } = world(
    { qwen: { vendor: "qwen", latencyMs: 7_000 } },
    {
      providers: { qwen: { rate_limit: { requests_per_minute: 60, max_concurrency: 4 } } },
      more: { failover: { deadline: 600 } },
    },
  );
  let most = 0;
  const watch = manager.subscribe(() => {
    most = Math.max(most, lab.openExchanges());
  });
  const answers = Array.from({ length: 200 }, () => manager.generate(hello));
  const settled = Promise.allSettled(answers);
  await clock.live();
  watch();
  const results = await settled;
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(200);
  const times = arrivals().map(({ at }) => at);
  expect(times).toHaveLength(200);
  expect(mostWithin(times, 60_000)).toBeLessThanOrEqual(60);
  expect(mostWithin(times, 999)).toBe(1);
  expect(most).toBeLessThanOrEqual(4);
});

test("first come, first served", async () => {
  const { clock, manager, lab } = world(
    { qwen: { vendor: "qwen", latencyMs: 500 } },
    { providers: { qwen: { rate_limit: { max_concurrency: 1 } } } },
  );
  const asked = Array.from({ length: 12 }, (_, number) =>
    manager.generate({ messages: [{ role: "user", content: `number ${number}` }] }),
  );
  const settled = Promise.all(asked);
  await clock.live();
  await settled;
  const order = lab.requests.map(({ body }) => Number(/number (\d+)/u.exec(body)?.[1]));
  expect(order).toEqual(Array.from({ length: 12 }, (_, number) => number));
});

test("a limit on tokens holds within one request's estimate", async () => {
  const perMinute = 2_000;
  const { clock, manager, events } = world(
    { qwen: { vendor: "qwen", latencyMs: 300 } },
    {
      providers: { qwen: { rate_limit: { tokens_per_minute: perMinute } } },
      more: { failover: { deadline: 600 } },
    },
  );
  const settled = Promise.allSettled(Array.from({ length: 120 }, () => manager.generate(hello)));
  await clock.live();
  const results = await settled;
  expect(results.every(({ status }) => status === "fulfilled")).toBe(true);
  const starts = new Map<string, { at: number; estimate: number }>();
  const used: { at: number; tokens: number }[] = [];
  let largest = 0;
  for (const event of events) {
    if (event.type === "attempt-start") {
      starts.set(event.request, { at: event.at, estimate: event.estimatedTokens });
    }
    if (event.type !== "attempt-end") continue;
    const begun = starts.get(event.request);
    const tokens = event.usage?.totalTokens ?? 0;
    largest = Math.max(largest, tokens, begun?.estimate ?? 0);
    used.push({ at: begun?.at ?? 0, tokens });
  }
  for (const { at } of used) {
    const within = used.filter((one) => one.at >= at && one.at < at + 59_000);
    const sum = within.reduce((total, { tokens }) => total + tokens, 0);
    expect(sum).toBeLessThanOrEqual(perMinute + largest);
  }
});

test("a full provider is passed over for the next, or waited for by policy", async () => {
  const settings = {
    qwen: { vendor: "qwen", latencyMs: 1_000 },
    deepseek: { vendor: "deepseek", latencyMs: 1_000 },
  } as const;
  const providers = { qwen: { rate_limit: { max_concurrency: 1 } } };
  const who = async (more: object) => {
    const { clock, manager } = world(settings, { providers, more });
    const both = Promise.all([manager.generate(hello), manager.generate(hello)]);
    await clock.live();
    return (await both).map(({ provider }) => provider);
  };
  expect(await who({})).toEqual(["qwen", "deepseek"]);
  expect(await who({ failover: { when_limited: "wait" } })).toEqual(["qwen", "qwen"]);
});

test("an account's limit is shared by its providers, and by no others", async () => {
  const rate = { requests_per_minute: 60, max_concurrency: 2 };
  const { clock, manager, arrivals } = world(
    {
      one: { vendor: "qwen", latencyMs: 3_000 },
      two: { vendor: "qwen", latencyMs: 3_000 },
      other: { vendor: "deepseek", latencyMs: 3_000 },
    },
    {
      providers: { one: { account: "main" }, two: { account: "main" } },
      more: { accounts: { main: { rate_limit: rate } } },
    },
  );
  const settled = Promise.all(Array.from({ length: 12 }, () => manager.generate(hello)));
  await clock.live();
  await settled;
  const shared = arrivals().filter(({ provider }) => provider !== "other");
  expect(
    mostWithin(
      shared.map(({ at }) => at),
      2_999,
    ),
  ).toBeLessThanOrEqual(2);
  expect(arrivals().length).toBeGreaterThan(shared.length);
});

test("in flight falls to what the vendor states, and recovers", async () => {
  const { clock, lab, manager, events } = world(
    { deepseek: { vendor: "deepseek", latencyMs: 2_000 } },
    { providers: { deepseek: {} } },
  );
  const body = {
    error: {
      message:
        "Too many requests. Your current concurrency is 9, which exceeds your concurrency limit of 3.",
      type: "rate_limit_error",
      code: "invalid_request_error",
    },
  };
  lab.script("deepseek", [fault.status(429, { body: JSON.stringify(body) })]);
  const first = manager.generate(hello);
  await clock.live();
  await first;
  let most = 0;
  const watch = manager.subscribe(() => {
    most = Math.max(most, lab.openExchanges());
  });
  const settled = Promise.all(Array.from({ length: 30 }, () => manager.generate(hello)));
  await clock.live();
  await settled;
  watch();
  expect(events.some((event) => event.type === "request-wait" && event.for === "limit")).toBe(true);
  expect(most).toBeGreaterThan(3);
  expect(most).toBeLessThan(12);
});

test("a queue is bounded: who finds it full is told at once", async () => {
  const { clock, manager } = world(
    { qwen: { vendor: "qwen", latencyMs: 1_000 } },
    {
      providers: { qwen: { rate_limit: { max_concurrency: 1 } } },
      more: { failover: { queue_max: 2 } },
    },
  );
  const settled = Promise.allSettled(Array.from({ length: 5 }, () => manager.generate(hello)));
  await clock.live();
  const results = await settled;
  expect(results.map(({ status }) => status)).toEqual([
    ...["fulfilled", "fulfilled", "fulfilled", "rejected", "rejected"],
  ]);
  expect(results.at(-1)).toMatchObject({ reason: { failure: { kind: "unavailable" } } });
  expect(String((results.at(-1) as PromiseRejectedResult).reason)).toMatch(/limit/u);
});

test("who waits in vain leaves by the deadline, and a caller who leaves gives up the place", async () => {
  const { clock, manager } = world(
    { qwen: { vendor: "qwen", latencyMs: 20_000 } },
    { providers: { qwen: { rate_limit: { max_concurrency: 1 } } } },
  );
  const controller = new AbortController();
  const settled = Promise.allSettled([
    manager.generate(hello),
    manager.generate(hello, { signal: controller.signal }),
    manager.generate(hello, { deadlineMs: 3_000 }),
    manager.generate(hello),
  ]);
  clock.setTimer(5_000, () => controller.abort());
  await clock.live();
  const results = await settled;
  const ends = results.map((one) =>
    one.status === "fulfilled" ? "ok" : (one.reason as { kind: string }).kind,
  );
  expect(ends).toEqual(["ok", "aborted", "deadline", "ok"]);
  expect(manager.getProviderStatus().providers["qwen"]).toMatchObject({ inFlight: 0 });
});

describe("wrong limits are told with place and cure", () => {
  const one = {
    api_endpoint: "https://api.deepseek.com/chat/completions",
    api_key: "sk-test-limits",
    model_name: "deepseek-flash",
  };
  const told = (provider: object, more: object = {}) =>
    checkConfiguration(JSON.stringify({ providers: { one: { ...one, ...provider } }, ...more }))
      .filter(({ message }) => !message.startsWith("the key stands"))
      .map(({ path, hint }) => `${path}: ${hint}`);

  test.each<[string, object, object, RegExp]>([
    ["0 requests", { rate_limit: { requests_per_minute: 0 } }, {}, /requests_per_minute/u],
    ["negative tokens", { rate_limit: { tokens_per_minute: -1 } }, {}, /tokens_per_minute/u],
    ["half a place", { rate_limit: { max_concurrency: 0.5 } }, {}, /max_concurrency/u],
    [
      "more than the account's",
      { account: "main", rate_limit: { max_concurrency: 9 } },
      { accounts: { main: { rate_limit: { max_concurrency: 4 } } } },
      /max_concurrency: write at most 4/u,
    ],
    ["an account nobody is of", {}, { accounts: { main: { rate_limit: {} } } }, /accounts\.main/u],
    [
      "a rate never judged",
      { rate_limit: { requests_per_minute: 5 } },
      { failover: { circuit_breaker: { min_samples: 20 } } },
      /requests_per_minute: lower .*min_samples/u,
    ],
    [
      "a mistyped key",
      { rate_limit: { max_concurency: 4 } },
      {},
      /did you mean "max_concurrency"/u,
    ],
  ])("%s", (_, provider, more, expected) => {
    expect(told(provider, more).join("\n")).toMatch(expected);
  });
});

describe("properties, each against a naive model", () => {
  test("requests are never closer than the rate allows, and never later than they must", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 59 }), (waits, perMinute) => {
        let rate = unusedRate;
        let now = 1_000_000;
        const sent: number[] = [];
        for (const wait of waits) {
          now = Math.max(now + wait, rateReadyAt(rate, perMinute, 0));
          const naive = Math.max(-Infinity, ...sent.slice(-1)) + 60_000 / perMinute;
          expect(now).toBeGreaterThanOrEqual(naive - 1e-6);
          sent.push(now);
          rate = withRequest(rate, perMinute, now);
        }
        expect(mostWithin(sent, 60_000 - 1)).toBeLessThanOrEqual(perMinute);
      }),
    );
  });

  test("no minute has more than the limit, also where some may come at once", () => {
    const gaps = fc.array(fc.constantFrom(0, 0, 0, 40, 900, 20_000), { minLength: 1 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 900 }), (waits, perMinute) => {
        let rate = unusedRate;
        let now = 1_000_000;
        const sent: number[] = [];
        // Whatever came before, a full minute of impatience follows.
        const impatient = Array.from({ length: perMinute * 2 }, () => 0);
        for (const wait of [...waits, ...impatient]) {
          now = Math.max(now + wait, rateReadyAt(rate, perMinute, 0));
          sent.push(now);
          rate = withRequest(rate, perMinute, now);
        }
        const over = sent.filter(
          (at, place) => (sent[place + perMinute] ?? Infinity) < at + 59_999,
        );
        expect(over).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test("tokens of any minute never exceed the limit by more than one request", () => {
    const act = fc.record({
      gap: fc.integer({ min: 0, max: 20_000 }),
      tokens: fc.integer({ min: 1, max: 600 }),
    });
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 80 }), (acts) => {
        const perMinute = 1_000;
        let window: TokenWindow = [];
        let now = 1_000_000;
        const sent: { at: number; tokens: number }[] = [];
        for (const { gap, tokens } of acts) {
          now = Math.max(now + gap, tokensReadyAt(window, perMinute, tokens, now + gap));
          window = withTokens(window, now, tokens, now);
          sent.push({ at: now, tokens });
          const recent = sent.filter(({ at }) => at > now - 59_000);
          const sum = recent.reduce((total, one) => total + one.tokens, 0);
          expect(sum).toBeLessThanOrEqual(Math.max(perMinute, tokens));
        }
      }),
    );
  });
});
