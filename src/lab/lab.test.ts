import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { fault } from "./faults.ts";
import { startLab } from "./lab.ts";
import { sampleRequest } from "./sample-request.ts";
import { always } from "./script.ts";
import type { HttpRequest } from "../ports.ts";

const post = ({ url, ...request }: HttpRequest, signal?: AbortSignal): Promise<Response> =>
  fetch(url, signal === undefined ? request : { ...request, signal });

test("a list is used up, then all is well; a function is asked each time", async () => {
  await using lab = await startLab({ scripts: { qwen: [fault.status(500), "well"] } });
  const asked = sampleRequest(lab.qwen, "native");
  const statuses: number[] = [];
  for (let n = 0; n < 3; n += 1) statuses.push((await post(asked)).status);
  expect(statuses).toEqual([500, 200, 200]);
  await lab.script("qwen", (number) => (number % 2 === 0 ? "well" : fault.status(503)));
  for (let n = 0; n < 3; n += 1) statuses.push((await post(asked)).status);
  expect(statuses.slice(3)).toEqual([503, 200, 503]);
  expect(lab.tally("qwen")).toEqual({ requests: 6, turns: { status: 3, well: 3 }, aborted: 0 });
});

test("a refused connection is refused by the system, until the provider is healed", async () => {
  await using lab = await startLab();
  const asked = sampleRequest(lab.deepseek, "chat");
  expect((await post(asked)).status).toBe(200);
  await lab.script("deepseek", always(fault.refused()));
  for (let n = 0; n < 2; n += 1) {
    await expect(post(asked)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  }
  expect((await post(sampleRequest(lab.qwen, "native"))).status).toBe(200);
  await lab.heal();
  expect((await post(asked)).status).toBe(200);
});

test("a refusal for some time passes by itself", async () => {
  await using lab = await startLab({ scripts: { qwen: [fault.refused(50)] } });
  const asked = sampleRequest(lab.qwen, "native");
  await expect(post(asked)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  await expect
    .poll(() =>
      post(asked).then(
        (response) => response.status,
        () => 0,
      ),
    )
    .toBe(200);
});

test("the log masks keys and knows who left early", async () => {
  await using lab = await startLab({ scripts: { qwen: always(fault.silent("after_head")) } });
  const leaving = new AbortController();
  const response = await post(sampleRequest(lab.qwen, "native_stream"), leaving.signal);
  expect(response.status).toBe(200);
  expect(lab.openConnections("qwen")).toBe(1);
  expect(lab.openExchanges("qwen")).toBe(1);
  leaving.abort();
  await expect.poll(() => lab.requests[0]?.aborted).toBe(true);
  await expect.poll(() => lab.openExchanges()).toBe(0);
  expect(lab.requests[0]).toMatchObject({
    provider: "qwen",
    turn: "silent",
    status: 200,
    headers: { authorization: "Bearer ***" },
  });
  expect(JSON.stringify(lab.requests)).not.toContain(lab.qwen.key);
});

test("several providers of one vendor, and a configuration that names them", async () => {
  await using lab = await startLab({
    providers: {
      first: { vendor: "qwen", key: "sk-one" },
      second: { vendor: "qwen", model: "qwen3.7-plus", reply: () => "mine" },
    },
    keys: { qwen: "sk-both" },
  });
  expect(lab.configuration().providers).toMatchObject({
    first: { api_key: "sk-one", model_name: "qwen-flash", vendor: "qwen" },
    second: { api_key: "sk-both", api_endpoint: expect.stringMatching(/multimodal-generation/) },
  });
  expect(() => lab.configuration("third")).toThrow(/no provider "third"/);
  expect(() => lab.deepseek).toThrow(/no provider of deepseek/);
});

test("bytes come at their times", async () => {
  await using lab = await startLab({
    providers: { openai: { vendor: "openai", latencyMs: 30, deltaMs: 10 } },
  });
  const started = performance.now();
  const response = await post(sampleRequest(lab.openai, "chat_stream"));
  const head = performance.now() - started;
  await response.text();
  expect(head).toBeGreaterThan(25);
  expect(performance.now() - started - head).toBeGreaterThan(40);
});

test("DeepSeek's whole body has a blank line before it, and its stream a comment", async () => {
  await using lab = await startLab();
  expect(await (await post(sampleRequest(lab.deepseek, "chat"))).text()).toMatch(/^\n\{"id":/);
  const stream = await (await post(sampleRequest(lab.deepseek, "chat_stream"))).text();
  expect(stream).toMatch(/^: keep-alive\n\ndata: \{/);
  expect(stream).toMatch(/"finish_reason":"stop"\}\],"usage":\{.*\}\}\n\ndata: \[DONE\]\n\n$/);
});

test("an answer is chunked HTTP/1.1, and the connection stays", async () => {
  await using lab = await startLab();
  const { url, headers, body } = sampleRequest(lab.openai, "chat");
  const { port, pathname } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  const lines = [
    `POST ${pathname} HTTP/1.1`,
    "Host: lab",
    `Authorization: ${headers["authorization"]}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  let heard = "";
  socket.on("data", (bytes) => void (heard += bytes.toString()));
  for (let n = 1; n <= 2; n += 1) {
    socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
    await expect.poll(() => heard.split("\r\n0\r\n\r\n").length).toBe(n + 1);
  }
  expect(heard).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(heard).toMatch(/\r\ntransfer-encoding: chunked\r\n/i);
  expect(heard).toMatch(/\r\nx-simulated-by: standin-lab\r\n/i);
  socket.end();
  await once(socket, "close");
});

test("lists the models it serves to whoever has the key, whatever is scripted", async () => {
  const lab = await startLab({
    providers: { own: { vendor: "openai", models: ["gpt-5", "o1-mini"] } },
  });
  await lab.script("own", [fault.status(500)]);
  const { origin, key } = lab.openai;
  const ask = (bearer: string) =>
    fetch(`${origin}/v1/models`, { headers: { authorization: `Bearer ${bearer}` } });
  expect((await ask("sk-test-other")).status).toBe(401);
  const listed = (await (await ask(key)).json()) as { readonly data: readonly object[] };
  expect(listed.data).toEqual([{ id: "gpt-5", object: "model", owned_by: "openai" }]);
  const spent = await fetch(lab.openai.endpoint, { method: "POST", body: "{}" });
  expect(spent.status).toBe(500);
  await lab.close();
});
