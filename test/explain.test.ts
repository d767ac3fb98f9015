import { describe, expect, test } from "vitest";
import type { Event, Explanation } from "../src/index.ts";
import type { Fault, LabVendor } from "../src/lab/index.ts";
import { always, fault } from "../src/lab/index.ts";
import { chanceFrom } from "./simulation/chance.ts";
import { labWorld } from "./world.ts";

/** What is said beforehand of a request is what then happens. */

const hello = { messages: [{ role: "user", content: "Hello" } as const] };
const two = { providers: { qwen: { vendor: "qwen" }, deepseek: { vendor: "deepseek" } } } as const;

describe("the classic file, all well", () => {
  test("the order, the first step, the worst case by the backoff and the timeouts", () => {
    const { manager } = labWorld(two);
    const said = manager.explain(hello);
    expect(said).toMatchObject({
      route: "default",
      order: ["qwen", "deepseek"],
      first: { do: "attempt", provider: "qwen", atMs: 0, limitMs: 30_000 },
      deadlineMs: 190_000,
      maxAttempts: 6,
      worst: { durationMs: 190_000, attempts: 6 },
    });
    const waits = (steps: Explanation["slowest"]["steps"]) =>
      steps.flatMap((step) => (step.do === "wait" ? [step.untilMs - step.atMs] : []));
    expect(waits(said.slowest.steps)).toEqual([2_000, 3_000, 2_000, 3_000]);
    expect(waits(said.quickest.steps)).toEqual([1_000, 2_000, 1_000, 2_000]);
    expect(said.quickest).toMatchObject({ attempts: 6, durationMs: 6_000 });
    expect(JSON.parse(JSON.stringify(said))).toEqual(said);
  });

  test("sends nothing, takes no place, draws no chance, changes nothing", () => {
    const { lab, manager, clock, chance } = labWorld(two);
    const before = manager.getProviderStatus();
    let draws = 0;
    Object.assign(chance, { next: () => ((draws += 1), 0.5) });
    manager.explain(hello);
    expect(manager.getProviderStatus()).toEqual(before);
    expect([draws, lab.requests.length]).toEqual([0, 0]);
    expect(clock.pending()).toBe(labWorld(two).clock.pending());
  });

  test("the request's own time and provider count", () => {
    const { manager } = labWorld(two);
    const alone = manager.explain(hello, { provider: "deepseek", deadlineMs: 10_000 });
    expect(alone).toMatchObject({ order: ["deepseek"], deadlineMs: 10_000 });
    expect(alone.providers.map(({ provider }) => provider)).toEqual(["deepseek"]);
    expect(alone.worst.durationMs).toBeLessThanOrEqual(10_000);
    expect(manager.explain(hello, { timeoutMs: 2_000 }).first).toMatchObject({ limitMs: 2_000 });
    expect(() => manager.explain(hello, { provider: "nobody" })).toThrow(/no provider "nobody"/u);
  });

  test("a stream's attempts are bounded to their first content", () => {
    const entries = { qwen: { timeouts: { first_content: 4 } } };
    const { manager } = labWorld(two, { entries });
    expect(manager.explain(hello, { stream: true }).first).toMatchObject({ limitMs: 4_000 });
    expect(manager.explain(hello).first).toMatchObject({ limitMs: 30_000 });
  });
});

test("who is skipped, why, and until when", async () => {
  const settings = {
    providers: {
      cold: { vendor: "deepseek" },
      dead: { vendor: "openai" },
      off: { vendor: "openai" },
      keyless: { vendor: "openai" },
      well: { vendor: "qwen" },
    },
  } as const;
  const { lab, manager, clock, play } = labWorld(settings, {
    entries: { off: { enabled: false }, keyless: { api_key: "your-openai-api-key" } },
    failover: { retry: "switch_first", circuit_breaker: { failures: 1, open: 20 } },
  });
  lab.script("cold", [fault.status(429, { retryAfter: 40 })]);
  lab.script("dead", always(fault.status(500)));
  expect((await play(manager.generate(hello))).provider).toBe("well");
  const said = manager.explain(hello);
  expect(said.providers.map(({ provider, state }) => `${provider} ${state}`)).toEqual([
    "cold cooling",
    "dead open",
    "well ready",
    "off disabled",
    "keyless not_configured",
  ]);
  const [cold, dead] = said.providers;
  expect(cold).toMatchObject({ reason: "rate_limited, for another 40 s" });
  expect(cold?.until).toBe(clock.now() + 40_000);
  expect(dead?.reason).toMatch(/^failing, left alone for another 2[01] s$/u);
  expect(said.first).toMatchObject({ do: "attempt", provider: "well" });
  lab.script("well", [fault.status(429, { retryAfter: 900 })]);
  const alone = manager.explain(hello, { provider: "cold" });
  expect(alone.first).toMatchObject({ do: "stop", failure: { kind: "unavailable" } });
  expect(alone.worst).toEqual({ durationMs: 0, attempts: 0, cost: 0 });
});

const faults: readonly Fault[] = [
  fault.status(500),
  fault.status(401),
  fault.status(404),
  fault.status(429, { retryAfter: 3 }),
  fault.status(429, { retryAfter: 120 }),
  fault.status(429),
  fault.reset(),
  fault.malformed(),
];
const vendors: readonly LabVendor[] = ["qwen", "deepseek", "openai"];

describe("over many worlds", () => {
  const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

  test.each(seeds)("seed %d: what is said first happens first, and no worse", async (seed) => {
    const draw = chanceFrom(seed * 7 + 1);
    const providers = Object.fromEntries(
      Array.from({ length: draw.whole(1, 4) }, (_, index) => [
        `p${index}`,
        { vendor: draw.pick(vendors) },
      ]),
    );
    const names = Object.keys(providers);
    const entries = Object.fromEntries(
      names.map((name) => [
        name,
        {
          priority: draw.whole(1, 3),
          retry_attempts: draw.whole(1, 4),
          timeout: draw.pick([2, 30]),
        },
      ]),
    );
    const failover = {
      retry: draw.pick(["same_first", "switch_first"]),
      when_exhausted: draw.pick(["fail", "wait"]),
      circuit_breaker: { failures: draw.whole(1, 4), open: draw.pick([5, 30]) },
    };
    const { lab, manager, events, clock, play, pass } = labWorld(
      { providers },
      { entries, failover, seed },
    );
    for (let round = 0; round < 8; round += 1) {
      for (const name of names) {
        lab.script(name, draw.flip(0.6) ? always(draw.pick(faults)) : []);
      }
      const said = manager.explain(hello);
      const told = events.length;
      const startedAt = clock.now();
      let tookMs = 0;
      const request = manager.generate(hello).finally(() => (tookMs = clock.now() - startedAt));
      await play(request).catch(() => {});
      const [first] = events.slice(told).filter(isStep);
      expect(summaryOf(first, startedAt)).toEqual(said.first.do === "stop" ? null : said.first);
      const made = events.slice(told).filter(({ type }) => type === "attempt-start").length;
      expect(made).toBeLessThanOrEqual(said.maxAttempts);
      expect(tookMs).toBeLessThanOrEqual(said.deadlineMs);
      await pass(draw.pick([0, 1_000, 20_000, 200_000]));
    }
  });

  test.each(["same_first", "switch_first"])("a server that always fails, %s", async (retry) => {
    const { lab, manager, events, play } = labWorld(two, { failover: { retry } });
    for (const name of ["qwen", "deepseek"]) lab.script(name, always(fault.status(500)));
    const { quickest, slowest } = manager.explain(hello);
    await play(manager.generate(hello)).catch(() => {});
    const asked = events.flatMap((event) => (event.type === "attempt-start" ? [event] : []));
    const planned = quickest.steps.filter((step) => step.do === "attempt");
    // Whose wait is over first is left to chance.
    const names = (list: readonly { readonly provider: string }[]) =>
      list.map(({ provider }) => provider).toSorted();
    expect(names(asked)).toEqual(names(planned));
    expect(slowest.attempts).toBe(asked.length);
  });
});

type Step = Extract<Event, { readonly type: "attempt-start" | "request-wait" }>;

function isStep(event: Event): event is Step {
  return event.type === "attempt-start" || event.type === "request-wait";
}

function summaryOf(event: Step | undefined, startedAt: number): object | null {
  if (event === undefined) return null;
  const { provider } = event;
  const atMs = event.at - startedAt;
  return event.type === "attempt-start"
    ? { do: "attempt", provider, atMs, limitMs: event.limitMs }
    : { do: "wait", provider, atMs, untilMs: event.until - startedAt, for: expect.any(String) };
}
