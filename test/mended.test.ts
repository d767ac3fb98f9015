import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import type { Event, GenerateOptions } from "../src/index.ts";
import { LLMConfigManager } from "../src/index.ts";

/** Defects that were found by attacking from the outside, each as it was met. */

const hello = { messages: [{ role: "user", content: "Hello" } as const] };
const ending: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});

async function serve(
  answer: RequestListener,
  changes: object = {},
  options: object = {},
  path = "/v1/chat/completions",
) {
  const server = createServer((request, response) => {
    request.resume().on("end", () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const provider = {
    api_endpoint: `http://127.0.0.1:${port}${path}`,
    api_key: "sk-test-mended",
    model_name: "m",
    retry_attempts: 1,
    ...changes,
  };
  const events: Event[] = [];
  const manager = LLMConfigManager.from(
    { providers: { one: provider } },
    { observers: [(event: Event) => void events.push(event)], ...options },
  );
  ending.push(
    () => void server.close(),
    () => server.closeAllConnections(),
    () => manager.close({ graceMs: 0 }),
  );
  return { manager, events };
}

const answered = JSON.stringify({
  choices: [{ message: { role: "assistant", content: "hi" }, finish_reason: "stop" }],
});
const well: RequestListener = (_, response) => void response.end(answered);

describe("a request that JSON cannot hold", () => {
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;
  const bad: readonly [string, unknown][] = [
    ["a BigInt", 1n],
    ["a circle", circular],
    [
      "a toJSON that throws",
      {
        toJSON() {
          throw new Error("mine");
        },
      },
    ],
  ];

  test.each(bad)("%s is the caller's own fault, and leaves nothing behind", async (_, value) => {
    const { manager, events } = await serve(well);
    await expect(manager.generate({ ...hello, more: value })).rejects.toMatchObject({
      name: "LLMProviderError",
      failure: { kind: "bad_request" },
    });
    expect(manager.getProviderStatus().providers["one"]).toMatchObject({ inFlight: 0 });
    expect((await manager.generate(hello)).text).toBe("hi");
    await new Promise((over) => setImmediate(over));
    const types = events.map(({ type }) => type);
    for (const kind of ["request", "attempt"]) {
      const starts = types.filter((type) => type === `${kind}-start`).length;
      expect(types.filter((type) => type === `${kind}-end`)).toHaveLength(starts);
    }
  });
});

test("a key of any shape is taken out of whatever the vendor echoes", async () => {
  const key = "hunter2hunter2hunter2";
  const { manager, events } = await serve(
    (_, response) => {
      response.writeHead(400, { "x-request-id": key });
      response.end(JSON.stringify({ error: { message: `bad key=${key}`, code: `x_${key}` } }));
    },
    { api_key: key, headers: { "x-tenant": "tenant-secret-9" } },
  );
  const error: unknown = await manager.generate(hello).catch((thrown: unknown) => thrown);
  const seen = [error, events, manager.getProviderStatus()].map((value) =>
    inspect(value, { depth: null, showHidden: true }),
  );
  seen.push(JSON.stringify(error), String(error));
  expect(seen.filter((text) => text.includes(key))).toEqual([]);
  expect(seen.join()).toContain("***");
});

test("an observer that rejects is counted, and is nobody's unhandled rejection", async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => void unhandled.push(reason);
  process.on("unhandledRejection", listen);
  const observers = [() => Promise.reject(new Error("mine"))];
  const { manager } = await serve(well, {}, { observers });
  await manager.generate(hello);
  for (let turn = 0; turn < 5; turn += 1) await new Promise((over) => setImmediate(over));
  process.off("unhandledRejection", listen);
  expect(unhandled).toEqual([]);
  expect(manager.getProviderStatus().observers.thrown).toBeGreaterThan(2);
});

describe("a stream", () => {
  const streamed: RequestListener = (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const text of ["one", " two", " three"]) {
      response.write(`data: {"choices":[{"delta":{"content":"${text}"}}]}\n\n`);
    }
    response.end('data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
  };

  test("read by several at once loses nobody", async () => {
    const { manager } = await serve(streamed);
    const reader = manager.stream(hello)[Symbol.asyncIterator]();
    const results = await Promise.all(Array.from({ length: 6 }, () => reader.next()));
    expect(results.map(({ done }) => done === true)).toEqual([
      ...[false, false, false, false],
      ...[true, true],
    ]);
  });

  test("that was left is over for whoever asks again", async () => {
    const { manager } = await serve((_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write('data: {"choices":[{"delta":{"content":"one"}}]}\n\n');
    });
    const stream = manager.stream(hello);
    for await (const delta of stream) {
      expect(delta).toEqual({ type: "text", text: "one" });
      break;
    }
    const later: unknown[] = [];
    for await (const delta of stream) later.push(delta);
    expect(later).toEqual([]);
  });
});

describe("why a request ended", () => {
  test("its last try timed out: timeout, though the time is over as well", async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const { manager } = await serve(() => {}, { timeout: 0.05 });
      await expect(manager.generate(hello)).rejects.toMatchObject({ failure: { kind: "timeout" } });
    }
  });

  test("its own time cut the last try short: deadline", async () => {
    const { manager } = await serve(() => {}, { timeout: 20 });
    await expect(manager.generate(hello, { deadlineMs: 30 })).rejects.toMatchObject({
      failure: { kind: "deadline" },
    });
  });

  test("a status says why, whether or not its explanation ever comes", async () => {
    const { manager } = await serve(
      (_, response) => {
        response.writeHead(401);
        response.write('{"error":');
      },
      { timeout: 20 },
    );
    await expect(manager.generate(hello)).rejects.toMatchObject({ failure: { kind: "auth" } });
  });
});

test("a late observer is told the configuration once and first, then what happens", async () => {
  const { manager } = await serve(well);
  const early: string[] = [];
  manager.subscribe(({ type }) => void early.push(type));
  const answer = manager.generate(hello);
  const late: string[] = [];
  manager.subscribe(({ type }) => void late.push(type));
  await answer;
  await new Promise((over) => setImmediate(over));
  expect(early[0]).toBe("configuration-applied");
  expect(late[0]).toBe("configuration-applied");
  for (const seen of [early, late]) {
    expect(seen.filter((type) => type === "configuration-applied")).toHaveLength(1);
    expect(seen.at(-1)).toBe("request-end");
  }
  expect(late).not.toContain("request-start");
});

test("two tool calls that share an index stay two", async () => {
  const call = (id: string, text: string) => ({
    index: 0,
    id,
    type: "function",
    function: { name: id, arguments: text },
  });
  const message = { content: null, tool_calls: [call("a", '{"x":1}'), call("b", '{"y":2}')] };
  const body = JSON.stringify({ choices: [{ message, finish_reason: "tool_calls" }] });
  const { manager } = await serve((_, response) => void response.end(body));
  const { toolCalls } = await manager.generate(hello);
  expect(toolCalls.map(({ id, arguments: text }) => [id, text])).toEqual([
    ["a", '{"x":1}'],
    ["b", '{"y":2}'],
  ]);
});

test.each<[string, unknown]>([
  ["signal", {}],
  ["deadlineMs", -1],
  ["timeoutMs", "soon"],
  ["deadlineMs", Number.NaN],
])("the option %s: %j is refused in plain words", async (name, value) => {
  const { manager } = await serve(well);
  const options = { [name]: value } as GenerateOptions;
  const refusal = { failure: { kind: "bad_request", message: expect.stringContaining(name) } };
  await expect(manager.generate(hello, options)).rejects.toMatchObject(refusal);
  await expect(manager.stream(hello, options).answer).rejects.toMatchObject(refusal);
});

test("null for options is none; observers that are none are refused", async () => {
  const { manager } = await serve(well);
  expect((await manager.generate(hello, null as unknown as GenerateOptions)).text).toBe("hi");
  const wrong = { observers: [5] } as unknown as object;
  expect(() => LLMConfigManager.from({ providers: {} }, wrong)).toThrow(/`observers` must be/u);
});

test("a number that JSON cannot hold is a problem with its place, not a null", () => {
  const one = { api_endpoint: "http://127.0.0.1:1/v1/chat/completions", api_key: "k".repeat(9) };
  const load = (changes: object) =>
    LLMConfigManager.from({ providers: { one: { ...one, model_name: "m", ...changes } } });
  expect(() => load({ temperature: Number.NaN })).toThrow(/providers\.one\.temperature/u);
  expect(() => load({ max_tokens: Infinity })).toThrow(/providers\.one\.max_tokens/u);
});

test("DashScope: everything was said and then the connection broke: the answer stands", async () => {
  const { manager } = await serve(
    (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const message = { role: "assistant", content: "whole" };
      const output = { choices: [{ message, finish_reason: "stop" }] };
      const data = JSON.stringify({ output, request_id: "r" });
      response.write(`id:1\nevent:result\n:HTTP_STATUS/200\ndata:${data}\n\n`, () =>
        setImmediate(() => response.socket?.resetAndDestroy()),
      );
    },
    { vendor: "qwen", model_name: "qwen-flash" },
    {},
    "/api/v1/services/aigc/text-generation/generation",
  );
  expect((await manager.stream(hello).answer).text).toBe("whole");
});
