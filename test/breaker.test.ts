import { afterEach, expect, test } from "vitest";
import type { Event } from "../src/index.ts";
import { LLMConfigManager } from "../src/index.ts";
import type { Lab } from "../src/lab/index.ts";
import { always, fault, startLab } from "../src/lab/index.ts";

/** The breaker over real sockets: order and counts, no speed. */

const hello = { messages: [{ role: "user", content: "Hello" } as const] };
const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

async function world(provider: object, failover: object) {
  const lab = await startLab();
  const entries = Object.entries(lab.configuration().providers);
  const providers = Object.fromEntries(
    entries.map(([name, entry]) => [name, { ...entry, timeout: 20, ...provider }]),
  );
  const events: Event[] = [];
  const manager = LLMConfigManager.from(
    { providers, failover: { backoff: { base: 0.01, jitter: 0 }, ...failover } },
    { observers: [(event) => void events.push(event)] },
  );
  ending.push(
    () => manager.close({ graceMs: 0 }),
    () => lab.close(),
  );
  return { lab, manager, events };
}

/** Until the manager itself says that a provider may be asked again. */
async function rested(manager: LLMConfigManager, name: string): Promise<void> {
  while (manager.getProviderStatus().providers[name]?.usable !== true) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const hits = (lab: Lab, name: string) => lab.tally(name).requests;

test("8 calls to a dead provider, threshold 3: 3 hits, then none until the probe", async () => {
  const { lab, manager } = await world(
    { retry_attempts: 1 },
    { circuit_breaker: { failures: 3, open: 0.3 } },
  );
  await lab.script("qwen", always(fault.status(500)));
  const answers: string[] = [];
  for (let call = 0; call < 3; call += 1) answers.push((await manager.generate(hello)).provider);
  expect(hits(lab, "qwen")).toBe(3);
  const until = manager.getProviderStatus().providers["qwen"]?.until ?? 0;
  for (let call = 0; call < 5; call += 1) {
    const answer = await manager.generate(hello);
    answers.push(answer.provider);
    // Slow machines may come past its time: then one probe, and no more.
    const probed = answer.attempts.some(({ startedAt }) => startedAt >= until);
    if (!probed) expect(hits(lab, "qwen")).toBe(3);
  }
  expect(answers).toEqual(Array.from({ length: 8 }, () => "deepseek"));
  expect(hits(lab, "qwen")).toBeLessThanOrEqual(4);
  const before = hits(lab, "qwen");
  await lab.heal();
  await rested(manager, "qwen");
  expect((await manager.generate(hello)).provider).toBe("qwen");
  expect(hits(lab, "qwen")).toBe(before + 1);
  expect(manager.getCurrentProvider()?.providerName).toBe("qwen");
  expect(manager.getProviderStatus().providers["qwen"]).toMatchObject({ state: "ready" });
});

test("50 in flight while a provider flaps: nobody fails whom a well one could have served", async () => {
  const { lab, manager, events } = await world(
    { retry_attempts: 2 },
    { circuit_breaker: { failures: 3, open: 0.02 } },
  );
  await lab.script("qwen", (number) =>
    Math.floor(number / 7) % 2 === 0
      ? fault.status(503)
      : number % 3 === 0
        ? fault.reset()
        : "well",
  );
  let left = 400;
  const providers = new Map<string, number>();
  async function caller(stream: boolean): Promise<void> {
    while (left > 0) {
      left -= 1;
      const answer = await (stream ? manager.stream(hello).answer : manager.generate(hello));
      expect(answer.text).toContain("simulated");
      providers.set(answer.provider, (providers.get(answer.provider) ?? 0) + 1);
    }
  }
  await Promise.all(Array.from({ length: 50 }, (_, number) => caller(number % 2 === 0)));
  expect([...providers.keys()].toSorted()).toEqual(["deepseek", "qwen"]);
  expect([...providers.values()].reduce((sum, count) => sum + count, 0)).toBe(400);
  const failed = events.filter((event) => event.type === "request-end" && event.failure !== null);
  expect(failed).toEqual([]);
});
