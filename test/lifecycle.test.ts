import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import type { Delta } from "../src/index.ts";
import { LLMConfigManager, LLMProviderError } from "../src/index.ts";
import type { Fault, Lab, LabSettings } from "../src/lab/index.ts";
import { always, fault, startLab } from "../src/lab/index.ts";

const hello = { messages: [{ role: "user", content: "Hello" } as const] };
const ending: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

async function world(settings: LabSettings = {}, changes: object = {}) {
  const lab = await startLab(settings);
  const configuration = lab.configuration();
  const manager = LLMConfigManager.from(
    {
      providers: Object.fromEntries(
        Object.entries(configuration.providers).map(([name, entry]) => [
          name,
          { ...entry, timeout: 20, ...changes },
        ]),
      ),
      failover: { backoff: { base: 0.01, jitter: 0 } },
    },
    { observers: [() => {}] },
  );
  ending.push(
    () => manager.close({ graceMs: 0 }),
    () => lab.close(),
  );
  return { lab, manager };
}

/** Turns of the event loop until something holds; the test's own timeout is the only limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

const everywhere = async (lab: Lab, one: Fault) => {
  for (const name of Object.keys(lab.providers)) await lab.script(name, always(one));
};

describe("a caller who leaves", () => {
  const faults: readonly [string, Fault][] = [
    ["before the head", fault.silent()],
    ["after the head", fault.silent("after_head")],
    ["while keep-alives come", fault.keepAlives(5)],
    ["in the middle of the text", fault.stall({ deltas: 2 })],
  ];

  test.each(faults)("closes the upstream socket %s, whole", async (_, one) => {
    const { lab, manager } = await world();
    await everywhere(lab, one);
    const controller = new AbortController();
    const answer = manager.generate(hello, { signal: controller.signal });
    await until(() => lab.requests.length === 1);
    const reason = new Error("enough");
    controller.abort(reason);
    const error = await answer.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(LLMProviderError);
    expect(error).toMatchObject({ failure: { kind: "aborted" }, cause: reason });
    await until(() => lab.openConnections() === 0);
    expect(lab.requests).toHaveLength(1);
    expect(manager.getProviderStatus().providers["qwen"]).toMatchObject({
      failures: 0,
      inFlight: 0,
      usable: true,
    });
  });

  test.each(faults)("closes the upstream socket %s, streamed", async (_, one) => {
    const { lab, manager } = await world();
    await everywhere(lab, one);
    const controller = new AbortController();
    const { answer } = manager.stream(hello, { signal: controller.signal });
    await until(() => lab.requests.length === 1);
    controller.abort(new Error("enough"));
    await expect(answer).rejects.toMatchObject({ failure: { kind: "aborted" } });
    await until(() => lab.openConnections() === 0);
  });

  test("by breaking out of a stream cancels it", async () => {
    const { lab, manager } = await world();
    await everywhere(lab, fault.stall({ deltas: 2 }));
    const stream = manager.stream(hello);
    for await (const delta of stream) if (delta.type === "text") break;
    await until(() => lab.openConnections() === 0);
    await expect(stream.answer).rejects.toMatchObject({
      failure: { kind: "aborted" },
      committed: true,
    });
  });

  test("before it began asks nobody", async () => {
    const { lab, manager } = await world();
    const signal = AbortSignal.abort(new Error("too late"));
    await expect(manager.generate(hello, { signal })).rejects.toMatchObject({
      failure: { kind: "aborted" },
    });
    expect(lab.requests).toHaveLength(0);
  });

  test("while waiting for another try ends the wait", async () => {
    const { lab, manager } = await world();
    await everywhere(lab, fault.status(429, { retryAfter: 4 }));
    const controller = new AbortController();
    const waiting = Promise.withResolvers<void>();
    manager.subscribe(({ type }) => {
      if (type === "request-wait") waiting.resolve();
    });
    const answer = manager.generate(hello, { signal: controller.signal });
    await waiting.promise;
    controller.abort();
    await expect(answer).rejects.toMatchObject({ failure: { kind: "aborted" } });
    expect(lab.requests).toHaveLength(1);
  });
});

describe("a stream", () => {
  test("gives its deltas and its answer, and they agree", async () => {
    const { manager } = await world();
    const stream = manager.stream(hello);
    const deltas: Delta[] = [];
    for await (const delta of stream) deltas.push(delta);
    const answer = await stream.answer;
    const text = deltas.map((delta) => (delta.type === "text" ? delta.text : "")).join("");
    expect(text).toBe(answer.text);
    expect(answer).toMatchObject({ provider: "qwen", finishReason: "stop" });
    expect(answer.usage?.totalTokens).toBeGreaterThan(0);
  });

  test("runs on when only its answer is awaited", async () => {
    const { manager } = await world();
    expect((await manager.stream(hello).answer).text).toContain("simulated");
  });

  test("starts at once, before anybody reads", async () => {
    const { lab, manager } = await world();
    const stream = manager.stream(hello);
    await until(() => lab.requests.length === 1);
    let text = "";
    for await (const delta of stream) text += delta.type === "text" ? delta.text : "";
    expect(text).toContain("simulated");
  });

  test("that fails is never an unhandled rejection", async () => {
    const { lab, manager } = await world({}, { retry_attempts: 1 });
    await everywhere(lab, fault.status(500));
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", listen);
    manager.stream(hello);
    const ended = Promise.withResolvers<void>();
    manager.subscribe(({ type }) => {
      if (type === "request-end") ended.resolve();
    });
    await ended.promise;
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", listen);
    expect(unhandled).toEqual([]);
  });

  test("with wrong arguments fails in the same way", async () => {
    const { manager } = await world();
    const stream = manager.stream({ messages: [] });
    await expect(stream.answer).rejects.toMatchObject({ failure: { kind: "bad_request" } });
    await expect(async () => {
      for await (const delta of stream) expect(delta).toBeUndefined();
    }).rejects.toThrow(LLMProviderError);
  });
});

describe("close()", () => {
  test("lets what is under way end, refuses the rest, and leaves nothing open", async () => {
    const before = process.getActiveResourcesInfo().toSorted();
    const lab = await startLab();
    const manager = LLMConfigManager.from(lab.configuration(), { observers: [() => {}] });
    await lab.script("qwen", [fault.slowFirstByte(30)]);
    const answer = manager.generate(hello);
    const closed = manager.close();
    expect((await answer).provider).toBe("qwen");
    await closed;
    await expect(manager.generate(hello)).rejects.toThrow(/closed/u);
    await lab.close();
    await until(() => {
      const now = process.getActiveResourcesInfo().toSorted();
      return now.filter((one) => one !== "Timeout").length <= before.length;
    });
    const kinds = new Set(process.getActiveResourcesInfo());
    expect([...kinds].filter((kind) => kind.startsWith("TCP"))).toEqual([]);
  });

  test("cuts what outlives its grace", async () => {
    const { lab, manager } = await world();
    await everywhere(lab, fault.silent());
    const answer = manager.generate(hello);
    const failed = expect(answer).rejects.toMatchObject({ failure: { kind: "aborted" } });
    await until(() => lab.requests.length === 1);
    await manager.close({ graceMs: 1 });
    await failed;
    await until(() => lab.openConnections() === 0);
  });
});

test("a script that has had its answer ends by itself, without close()", async () => {
  const lab = await startLab();
  ending.push(() => lab.close());
  const script = `
    import { LLMConfigManager } from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
    const manager = LLMConfigManager.from(${JSON.stringify(lab.configuration())}, { observers: [] });
    console.log(await manager.generateTextWithFailover("Hello"));
    const stream = manager.stream({ messages: [{ role: "user", content: "Hello" }] });
    for await (const delta of stream) if (delta.type === "text") console.log(delta.text);
  `;
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
  expect((await run).stdout).toContain("simulated");
});
