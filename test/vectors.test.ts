import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Event } from "../src/index.ts";
import { checkConfiguration, LLMConfigManager } from "../src/index.ts";
import type { MemoryLab, Script } from "../src/lab/index.ts";
import { always, fault, memoryTransport } from "../src/lab/index.ts";
import { systemPorts } from "../src/node/ports.ts";
import { chanceFrom } from "./simulation/chance.ts";
import { createVirtualClock } from "./simulation/virtual-clock.ts";

/** What an earlier implementation of this manager got wrong, row by row. */

const hello = { messages: [{ role: "user", content: "Hello" } as const] };

type Changes = { readonly provider?: object; readonly failover?: object };

/** Two providers of the lab in virtual time; `play` lives until its promise is kept. */
function world(scripts: Record<string, Script>, { provider, failover }: Changes = {}) {
  const clock = createVirtualClock();
  const chance = chanceFrom(1);
  const lab: MemoryLab = memoryTransport({ scripts }, clock, chance);
  const entries = Object.entries(lab.configuration().providers);
  const providers = Object.fromEntries(
    entries.map(([name, entry]) => [name, { ...entry, ...provider }]),
  );
  const events: Event[] = [];
  const manager = LLMConfigManager.from(
    { providers, ...(failover === undefined ? {} : { failover }) },
    {
      ports: { ...systemPorts(), clock, random: chance, transport: lab },
      observers: [(event) => void events.push(event)],
    },
  );
  async function play<T>(promise: Promise<T>): Promise<{ value: T; tookMs: number }> {
    const startedAt = clock.now();
    let endedAt = 0;
    const settled = promise.finally(() => (endedAt = clock.now()));
    settled.catch(() => {});
    await clock.live();
    return { value: await settled, tookMs: endedAt - startedAt };
  }
  const pass = (ms: number) => play(new Promise<void>((over) => void clock.setTimer(ms, over)));
  return { lab, manager, events, play, pass };
}

const dead = always(fault.status(500));
const kinds = (attempts: readonly { provider: string; failure: { kind: string } | null }[]) =>
  attempts.map(({ provider, failure }) => `${provider} ${failure?.kind ?? "complete"}`);

describe("[500, ok], 10 parallel: 10 ok", () => {
  const ten = (manager: LLMConfigManager) =>
    Promise.all(Array.from({ length: 10 }, () => manager.generate(hello)));

  test("well below 1 s with switch_first", async () => {
    const { manager, play } = world({ qwen: dead }, { failover: { retry: "switch_first" } });
    const { value, tookMs } = await play(ten(manager));
    expect(value.map(({ provider }) => provider)).toEqual(Array(10).fill("deepseek"));
    expect(tookMs).toBeLessThan(1_000);
  });

  test("after the first one's tries by default, which the breaker ends", async () => {
    const { lab, manager, play } = world({ qwen: dead });
    const { value, tookMs } = await play(ten(manager));
    expect(value.map(({ provider }) => provider)).toEqual(Array(10).fill("deepseek"));
    expect(lab.tally("qwen").requests).toBe(10);
    expect(tookMs).toBeLessThan(2_000);
  });
});

test("[500, ok] then 500 recovers: back on the default", async () => {
  const { lab, manager, play } = world({ qwen: dead }, { failover: { retry: "switch_first" } });
  expect((await play(manager.generate(hello))).value.provider).toBe("deepseek");
  lab.heal();
  expect((await play(manager.generate(hello))).value.provider).toBe("qwen");
  expect(manager.getCurrentProvider()?.providerName).toBe("qwen");
});

test("8 calls to a dead provider, threshold 3: 3 hits, open, then probe", async () => {
  const { lab, manager, play, pass } = world(
    { qwen: dead },
    { provider: { retry_attempts: 1 }, failover: { circuit_breaker: { failures: 3 } } },
  );
  for (let call = 0; call < 8; call += 1) {
    expect((await play(manager.generate(hello))).value.provider).toBe("deepseek");
  }
  expect(lab.tally("qwen").requests).toBe(3);
  const { qwen } = manager.getProviderStatus().providers;
  expect(qwen).toMatchObject({ usable: false });
  lab.heal();
  await pass(33_000);
  expect((await play(manager.generate(hello))).value.provider).toBe("qwen");
  expect(lab.tally("qwen").requests).toBe(4);
});

test("401 with 3 tries: 1 hit, next provider, marked auth error", async () => {
  const { lab, manager, play } = world({ qwen: always(fault.status(401)) });
  const { value } = await play(manager.generate(hello));
  expect(kinds(value.attempts)).toEqual(["qwen auth", "deepseek complete"]);
  expect(lab.tally("qwen").requests).toBe(1);
  const { qwen } = manager.getProviderStatus().providers;
  expect(qwen).toMatchObject({ usable: false, lastFailure: { kind: "auth" } });
  expect(qwen?.reason).toContain("auth");
  await play(manager.generate(hello));
  expect(lab.tally("qwen").requests).toBe(1);
});

describe("429 with Retry-After", () => {
  test("1: honoured", async () => {
    const { manager, play } = world({ qwen: [fault.status(429, { retryAfter: 1 })] });
    const { value, tookMs } = await play(manager.generate(hello));
    expect(kinds(value.attempts)).toEqual(["qwen rate_limited", "qwen complete"]);
    expect(value.attempts[1]?.waitedMs).toBe(1_000);
    expect(tookMs).toBe(1_000);
  });

  test("beyond the deadline: switches", async () => {
    const { manager, play } = world(
      { qwen: always(fault.status(429, { retryAfter: 3 })) },
      { failover: { deadline: 3 }, provider: { timeout: 1 } },
    );
    const { value, tookMs } = await play(manager.generate(hello));
    expect(kinds(value.attempts)).toEqual(["qwen rate_limited", "deepseek complete"]);
    expect(tookMs).toBe(0);
  });
});

test("timeout 1 s, tries 3: retried per policy, named timeout", async () => {
  const { lab, manager, play } = world(
    { qwen: always(fault.silent()), deepseek: always(fault.silent()) },
    { provider: { timeout: 1, retry_attempts: 3 } },
  );
  const error = await play(manager.generate(hello)).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "LLMProviderError", failure: { kind: "timeout" } });
  expect(String(error)).toMatch(/timeout.*within 1 s/u);
  // The kind allows one further try at each provider.
  expect(lab.tally("qwen").requests).toBe(2);
  expect(lab.tally("deepseek").requests).toBe(2);
});

describe("cut JSON, empty choices, null content, list body: one typed bad response", () => {
  test.each([
    ["cut JSON", fault.cut({ bytes: 60 })],
    ["empty choices", fault.wrongShape("choices_empty")],
    ["null content", fault.wrongShape("content_null")],
    ["list body", fault.wrongShape("list_body")],
    ["text body", fault.wrongShape("text_body")],
    ["no choices", fault.wrongShape("choices_missing")],
    ["not JSON", fault.malformed()],
  ])("%s, retriable", async (_, one) => {
    for (const name of ["qwen", "deepseek"]) {
      const { manager, play } = world({ [name]: [one] });
      const { value } = await play(manager.generate(hello, { provider: name }));
      expect(kinds(value.attempts)).toEqual([`${name} malformed`, `${name} complete`]);
    }
  });
});

test("native DashScope reply: text + usage", async () => {
  const { lab, manager, play } = world({});
  const { value } = await play(manager.generate(hello));
  expect(lab.requests[0]?.path).toContain("/api/v1/services/aigc/text-generation/generation");
  expect(value).toMatchObject({ provider: "qwen", finishReason: "stop" });
  expect(value.text).toContain("simulated");
  expect(value.usage?.totalTokens).toBeGreaterThan(0);
  expect(value.requestId).toEqual(expect.any(String));
});

describe("finish_reason length", () => {
  test("is told: the finish reason and a warning", async () => {
    const { manager, events, play } = world({ qwen: [fault.length()] });
    const { value } = await play(manager.generate(hello));
    expect(value.finishReason).toBe("length");
    expect(events.some(({ type }) => type === "request-warning")).toBe(true);
  });

  test("is a failure by option", async () => {
    const { manager, play } = world(
      { qwen: always(fault.length()) },
      { failover: { on_length: "fail" } },
    );
    const { value } = await play(manager.generate(hello));
    expect(value.provider).toBe("deepseek");
    expect(value.attempts[0]?.failure?.message).toContain("max_tokens");
  });
});

describe("configuration rows", () => {
  const provider = {
    api_endpoint: "https://api.deepseek.com/chat/completions",
    api_key: "sk-test-vector",
    model_name: "deepseek-flash",
  };
  const check = (changes: object, options = {}) =>
    checkConfiguration(
      JSON.stringify({ providers: { one: { ...provider, ...changes } } }),
      options,
    );

  test("unknown key in provider: a warning with its path, in strict mode an error", () => {
    const path = "providers.one.favourite_colour";
    const [found] = check({ favourite_colour: "blue" }).filter((one) => one.path === path);
    expect(found?.severity).toBe("warning");
    const strict = check({ favourite_colour: "blue" }, { strict: true });
    expect(strict.find((one) => one.path === path)?.severity).toBe("error");
  });

  test('timeout "30", temperature "hot", −1, BOM, null and list nodes: listed errors', () => {
    const problems = check({ timeout: "30", temperature: "hot", max_tokens: -1, headers: [] });
    const errors = problems.filter(({ severity }) => severity === "error").map(({ path }) => path);
    expect(errors).toEqual(
      expect.arrayContaining(
        ["timeout", "temperature", "max_tokens", "headers"].map((key) => `providers.one.${key}`),
      ),
    );
    const good = `\uFEFF${JSON.stringify({ providers: { one: provider } })}`;
    expect(checkConfiguration(good).filter(({ severity }) => severity === "error")).toEqual([]);
    for (const text of ["null", "[]", '{"providers": null}', '{"providers": {"one": null}}']) {
      expect(checkConfiguration(text).some(({ severity }) => severity === "error")).toBe(true);
    }
  });
});

describe("an Ollama reply at /api/chat", () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => servers.splice(0).forEach((server) => void server.close()));

  test("is refused at load: the protocol is not spoken by this version", () => {
    const text = JSON.stringify({
      providers: {
        local: {
          api_endpoint: "http://127.0.0.1:11434/api/chat",
          api_key: "none",
          model_name: "m",
        },
      },
    });
    expect(JSON.stringify(checkConfiguration(text))).toMatch(/ollama|\/api\/chat/iu);
  });

  test("behind another path is one typed bad response", async () => {
    const server = createServer((_, response) => {
      response.end('{"model":"m","message":{"role":"assistant","content":"hi"},"done":true}');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${port}/v1/chat/completions`;
    const manager = LLMConfigManager.from(
      {
        providers: {
          local: { api_endpoint: endpoint, api_key: "none", model_name: "m", retry_attempts: 1 },
        },
      },
      { observers: [() => {}] },
    );
    await expect(manager.generate(hello)).rejects.toMatchObject({ failure: { kind: "malformed" } });
    await manager.close();
  });
});
