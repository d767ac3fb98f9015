import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LLMProviderError } from "../../src/index.ts";
import { LLMConfigManager } from "../../src/index.ts";
import { always, fault, memoryTransport } from "../../src/lab/index.ts";
import { systemPorts } from "../../src/node/ports.ts";
import { chanceFrom } from "../simulation/chance.ts";
import { createVirtualClock } from "../simulation/virtual-clock.ts";
import { labWorld } from "../world.ts";

/** A route's own limit, measured at the lab. */

const hello = { messages: [{ role: "user", content: "Hello" } as const] };
const two = {
  providers: {
    a: { vendor: "deepseek", latencyMs: 1_000 },
    b: { vendor: "deepseek", latencyMs: 1_000 },
  },
} as const;

const kinds = async (asked: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(asked)).map((one) =>
    one.status === "fulfilled" ? "ok" : (one.reason as LLMProviderError).kind,
  );

describe("a full route", () => {
  const rate_limit = { max_concurrency: 1 };
  const worldOf = (failover: object, options: object = {}) => {
    const providers = ["a", ...("deadlineMs" in options ? [] : ["b"])];
    const world = labWorld(two, { routes: { batch: { providers, rate_limit, failover } } });
    const many = () =>
      [1, 2, 3].map(() => world.manager.generate(hello, { route: "batch", ...options }));
    return { ...world, many };
  };

  test("refuses at once, and says when and what to do; another provider would not help", async () => {
    const { manager, lab, play, many } = worldOf({});
    expect(await play(kinds(many()))).toEqual(["ok", "unavailable", "unavailable"]);
    expect(lab.tally("b").requests).toBe(0);
    const [, refused] = await play(Promise.allSettled(many()));
    expect((refused as PromiseRejectedResult).reason).toMatchObject({
      failure: {
        kind: "unavailable",
        message:
          'No provider can be asked now: the route "batch" is at its own rate_limit; ' +
          'ask later, or set when_limited to "wait".',
      },
      attempts: [],
    });
    // Others are not under it.
    const both = [manager.generate(hello), manager.generate(hello, { route: "batch" })];
    expect(await play(kinds(both))).toEqual(["ok", "ok"]);
  });

  test("is waited for where the policy says so, inside the deadline and the queue", async () => {
    const waiting = worldOf({ when_limited: "wait" });
    expect(await waiting.play(kinds(waiting.many()))).toEqual(["ok", "ok", "ok"]);
    expect(waiting.lab.tally("b").requests).toBe(0);
    const waits = waiting.events.filter((event) => event.type === "request-wait");
    expect(waits).toMatchObject([
      { for: "route", route: "batch" },
      { for: "route", route: "batch" },
    ]);
    const queued = worldOf({ when_limited: "wait", queue_max: 1 });
    expect(await queued.play(kinds(queued.many()))).toEqual(["ok", "ok", "unavailable"]);
    const late = worldOf({ when_limited: "wait" }, { deadlineMs: 1_500 });
    expect(await late.play(kinds(late.many()))).toEqual(["ok", "deadline", "deadline"]);
  });

  test("says when there will be a turn, where that is known", async () => {
    const { manager, play } = labWorld(two, {
      routes: { batch: { rate_limit: { requests_per_minute: 6 } } },
    });
    const both = [1, 2].map(() => manager.generate(hello, { route: "batch" }));
    const [, second] = await play(Promise.allSettled(both));
    expect(second).toMatchObject({ reason: { failure: { retryAfterMs: 10_000 } } });
    expect(String((second as PromiseRejectedResult).reason)).toContain("for another 10 s");
    const { first } = manager.explain(hello, { route: "batch" });
    expect(first).toMatchObject({ do: "stop", failure: { kind: "unavailable" } });
  });

  test("a request that has begun waits for its next attempt, and goes before the others", async () => {
    const { lab, manager, events, play } = labWorld(two, {
      routes: {
        batch: {
          rate_limit: { requests_per_minute: 6 },
          failover: { retry: "switch_first", when_limited: "wait" },
        },
      },
    });
    lab.script("a", always(fault.status(500)));
    const asked = [1, 2, 3].map(() => manager.generate(hello, { route: "batch" }));
    expect(await play(kinds(asked))).toEqual(["ok", "ok", "ok"]);
    const starts = events.flatMap((event) =>
      event.type === "attempt-start" ? [[event.request, event.provider, event.at]] : [],
    );
    expect(starts.slice(0, 2).map(([request]) => request)).toEqual(["request-1", "request-1"]);
    const times = starts.map(([, , at]) => Number(at));
    const gaps = times.slice(1).map((at, place) => at - (times[place] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10_000);
  });
});

test("a limit of tokens a minute counts what the route used", async () => {
  const { manager, play } = labWorld(two, {
    routes: { batch: { rate_limit: { tokens_per_minute: 200 } } },
  });
  const one = () => play(kinds([manager.generate(hello, { route: "batch" })]));
  // Each is thought to take about 150, and settles at what it took.
  expect(await one()).toEqual(["ok"]);
  expect(await play(kinds([1, 2].map(() => manager.generate(hello, { route: "batch" }))))).toEqual([
    "ok",
    "unavailable",
  ]);
});

type Plan = {
  readonly limits: readonly { readonly inFlight: number; readonly aMinute: number }[];
  readonly callers: readonly { readonly afterMs: number; readonly fails: boolean }[];
  readonly patient: boolean;
};

const planned: fc.Arbitrary<Plan> = fc.record({
  limits: fc.array(
    fc.record({
      inFlight: fc.integer({ min: 1, max: 4 }),
      aMinute: fc.constantFrom(20, 60, 240),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  callers: fc.array(
    fc.record({ afterMs: fc.integer({ min: 0, max: 90_000 }), fails: fc.boolean() }),
    { minLength: 5, maxLength: 60 },
  ),
  patient: fc.boolean(),
});

/** Lives a plan: the limit is another one after each half a minute, the file being read anew. */
async function live({ limits, callers, patient }: Plan) {
  const clock = createVirtualClock();
  const chance = chanceFrom(1);
  const settings = { vendor: "deepseek", latencyMs: 3_000 } as const;
  const lab = memoryTransport({ providers: { a: settings, b: settings } }, clock, chance);
  lab.script("a", (_, { body }) => (body.includes("fails") ? fault.status(500) : "well"));
  const fileOf = (limit: Plan["limits"][number]) => ({
    ...lab.configuration("a", "b"),
    failover: { retry_budget: { ratio: 10, per_second: 100 } },
    routes: {
      batch: {
        rate_limit: { max_concurrency: limit.inFlight, requests_per_minute: limit.aMinute },
        failover: { when_limited: patient ? "wait" : "next", deadline: 300 },
      },
    },
  });
  const bytes = (file: object) => new TextEncoder().encode(JSON.stringify(file));
  let file = bytes(fileOf(limits[0] ?? { inFlight: 1, aMinute: 60 }));
  const files = { readSync: () => file, read: () => Promise.resolve(file) };
  const ports = { ...systemPorts(), clock, random: chance, transport: lab, files };
  const manager = new LLMConfigManager("file.json", { ports, watch: false, observers: [() => {}] });
  const inFlight: { readonly at: number; readonly most: number }[] = [];
  let most = limits[0];
  manager.subscribe(() => inFlight.push({ at: lab.openExchanges(), most: most?.inFlight ?? 0 }));
  const asked = callers.map(async ({ afterMs, fails }) => {
    await new Promise<void>((over) => void clock.setTimer(afterMs, over));
    const content = fails ? "it fails at a" : "Hello";
    return manager.generate({ messages: [{ role: "user", content }] }, { route: "batch" });
  });
  const settled = Promise.allSettled(asked);
  const reloaded = limits.slice(1).map(async (limit, place) => {
    await new Promise<void>((over) => void clock.setTimer((place + 1) * 30_000, over));
    file = bytes(fileOf(limit));
    await manager.reloadConfiguration();
    most = limit;
  });
  await clock.live();
  await Promise.all(reloaded);
  return { results: await settled, arrivals: lab.requests.map(({ at }) => at), inFlight };
}

test("never more than the limit, in flight or in any minute, whoever comes when, over reloads", async () => {
  await fc.assert(
    fc.asyncProperty(planned, async (plan) => {
      const { results, arrivals, inFlight } = await live(plan);
      expect(results).toHaveLength(plan.callers.length);
      if (plan.patient) expect(results.every(({ status }) => status === "fulfilled")).toBe(true);
      // Under several limits, one after the other, no minute has more than the largest allows.
      const largest = Math.max(...plan.limits.map(({ aMinute }) => aMinute));
      const over = arrivals.filter(
        (at, place) => (arrivals[place + largest] ?? Infinity) < at + 59_999,
      );
      expect(over).toEqual([]);
      const places = Math.max(...plan.limits.map((limit) => limit.inFlight));
      expect(Math.max(0, ...inFlight.map(({ at }) => at))).toBeLessThanOrEqual(places);
      if (plan.limits.length === 1) expect(inFlight.every(({ at, most }) => at <= most)).toBe(true);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("a limit that a reload brings counts what was in flight before it", async () => {
  const clock = createVirtualClock();
  const chance = chanceFrom(1);
  const settings = { vendor: "deepseek", latencyMs: 10_000 } as const;
  const lab = memoryTransport({ providers: { a: settings } }, clock, chance);
  const fileOf = (rate_limit: object) =>
    new TextEncoder().encode(
      JSON.stringify({ ...lab.configuration("a"), routes: { batch: { rate_limit } } }),
    );
  let file = fileOf({});
  const files = { readSync: () => file, read: () => Promise.resolve(file) };
  const ports = { ...systemPorts(), clock, random: chance, transport: lab, files };
  const manager = new LLMConfigManager("file.json", { ports, watch: false, observers: [() => {}] });
  const ask = () => manager.generate(hello, { route: "batch" });
  const before = [ask(), ask()];
  const later = (async () => {
    await new Promise<void>((over) => void clock.setTimer(1_000, over));
    file = fileOf({ max_concurrency: 2 });
    await manager.reloadConfiguration();
    return kinds([ask()]);
  })();
  const settled = Promise.all([later, kinds(before)]);
  await clock.live();
  expect(await settled).toEqual([["unavailable"], ["ok", "ok"]]);
  const after = kinds([ask(), ask(), ask()]);
  await clock.live();
  expect(await after).toEqual(["ok", "ok", "unavailable"]);
});
