import { describe, expect, test } from "vitest";
import { always, fault } from "../src/lab/index.ts";
import { labWorld } from "./world.ts";

/** What somebody has to mend is told once, and once more when it is over; status has the rest. */

const hello = { messages: [{ role: "user", content: "Hello" } as const] };
const two = { providers: { qwen: { vendor: "qwen" }, deepseek: { vendor: "deepseek" } } } as const;
const told = ({ events }: ReturnType<typeof labWorld>) =>
  events.flatMap((event) =>
    event.type === "provider-unwell" || event.type === "provider-well"
      ? [`${event.type} ${event.provider} ${event.kind}`]
      : [],
  );

describe("told loudly, once", () => {
  test.each([
    [401, "auth", 301_000, 601_000],
    [402, "quota", 3_601_000, 3_601_000],
    [404, "model_not_found", 301_000, 601_000],
  ] as const)("%d: %s", async (status, kind, first, second) => {
    const world = labWorld(two);
    const { lab, manager, play, pass } = world;
    lab.script("deepseek", always(fault.status(status)));
    const ask = () => play(manager.generate(hello, { provider: "deepseek" }).catch(() => null));
    await Promise.all([ask(), ask()]);
    expect(told(world)).toEqual([`provider-unwell deepseek ${kind}`]);
    await pass(first);
    await ask();
    expect(lab.tally("deepseek").requests).toBeGreaterThan(1);
    expect(told(world)).toHaveLength(1);
    lab.heal();
    await pass(second);
    await ask();
    expect(told(world)).toEqual([
      `provider-unwell deepseek ${kind}`,
      `provider-well deepseek ${kind}`,
    ]);
    expect(manager.getProviderStatus().providers["deepseek"]).toMatchObject({
      state: "ready",
      coolDowns: [],
      nextProbeAt: null,
    });
  });

  test("a reload that gives it another chance says so, by whom is nobody's", async () => {
    const world = labWorld(two);
    const { lab, manager, play, events } = world;
    lab.script("qwen", [fault.status(401)]);
    await play(manager.generate(hello));
    await play(manager.reloadConfiguration());
    expect(told(world)).toEqual(["provider-unwell qwen auth", "provider-well qwen auth"]);
    expect(events.at(-1)).toMatchObject({ type: "provider-well", request: null });
    await play(manager.reloadConfiguration());
    expect(told(world)).toHaveLength(2);
  });

  test("a stream's first content tells it too", async () => {
    const world = labWorld(two);
    const { lab, manager, play, pass } = world;
    lab.script("qwen", [fault.status(401)]);
    await play(manager.generate(hello));
    await pass(301_000);
    await play(manager.stream(hello).answer);
    expect(told(world)).toEqual(["provider-unwell qwen auth", "provider-well qwen auth"]);
  });

  test("limits and faults of the moment are not told so", async () => {
    const world = labWorld(two);
    world.lab.script("qwen", [fault.status(429, { retryAfter: 1 }), fault.status(500)]);
    await world.play(world.manager.generate(hello));
    expect(told(world)).toEqual([]);
  });
});

describe("status", () => {
  test("latency of whole answers and of first contents", async () => {
    const providers = { one: { vendor: "openai", latencyMs: 400, deltaMs: 100 } } as const;
    const { manager, play } = labWorld({ providers });
    const latency = () => manager.getProviderStatus().providers["one"]?.latency;
    expect(latency()).toEqual({ firstContent: null, whole: null });
    await play(manager.generate(hello));
    expect(latency()?.whole?.p95).toBeGreaterThanOrEqual(400);
    expect(latency()?.firstContent).toBeNull();
    await play(manager.stream(hello).answer);
    expect(latency()?.firstContent?.p50).toBeGreaterThanOrEqual(400);
    expect(latency()?.firstContent?.p50).toBeLessThan(latency()?.whole?.p95 ?? 0);
  });

  test("the breaker's counts, its state and its next probe", async () => {
    const { lab, manager, clock, play, pass } = labWorld(two, {
      failover: { retry: "switch_first", circuit_breaker: { failures: 3, open: 20 } },
    });
    const status = () => manager.getProviderStatus().providers["qwen"];
    await play(manager.generate(hello));
    lab.script("qwen", always(fault.status(500)));
    await play(manager.generate(hello));
    await play(manager.generate(hello));
    expect(status()).toMatchObject({ state: "ready", breaker: { good: 1, bad: 2, run: 2 } });
    await play(manager.generate(hello));
    expect(status()).toMatchObject({ state: "open", usable: false });
    const next = (status()?.nextProbeAt ?? 0) - clock.now();
    expect(next).toBeGreaterThanOrEqual(20_000);
    expect(next).toBeLessThanOrEqual(22_000);
    await pass(22_000);
    expect(status()).toMatchObject({ state: "ready", reason: null });
    expect(status()?.nextProbeAt).toBeLessThanOrEqual(clock.now());
  });

  test("cool-downs with their scope, and whether the time was stated", async () => {
    const { lab, manager, clock, play } = labWorld(two, { failover: { deadline: 60 } });
    lab.script("qwen", [fault.status(429, { retryAfter: 90 })]);
    lab.script("deepseek", [fault.status(401)]);
    await play(manager.generate(hello).catch(() => null));
    const { qwen, deepseek } = manager.getProviderStatus().providers;
    const since = clock.now();
    expect(qwen?.coolDowns).toEqual([
      {
        scope: "account_model",
        kind: "rate_limited",
        ...{ since, until: since + 90_000, provenance: "stated" },
      },
    ]);
    expect(deepseek?.coolDowns).toMatchObject([
      { scope: "key", kind: "auth", since, until: since + 300_000, provenance: "guessed" },
    ]);
    expect(deepseek).toMatchObject({ state: "cooling", nextProbeAt: since + 300_000 });
  });

  test("who cannot be asked at all", () => {
    const { manager } = labWorld(two, {
      entries: { qwen: { enabled: false }, deepseek: {} },
    });
    const { qwen, deepseek } = manager.getProviderStatus().providers;
    expect(qwen).toMatchObject({ state: "disabled", until: null, nextProbeAt: null });
    expect(deepseek).toMatchObject({ state: "ready", reason: null, until: null });
  });
});
