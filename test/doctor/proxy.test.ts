import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { createServer as createPlain } from "node:http";
import { createServer as createSecure } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { LLMProviderError, Transport } from "../../src/index.ts";
import { LLMConfigManager } from "../../src/index.ts";
import { createTransport } from "../../src/node/transport.ts";
import { standin } from "../child.ts";
import { makeCertificates } from "./certificates.ts";
import { canary, examineOne, startClinic } from "./clinic.ts";
import type { ProxyManner, TestProxy } from "./proxy-server.ts";
import { startProxy } from "./proxy-server.ts";

/** Requests through a real proxy on loopback: a tunnel for https, a messenger for http. */

const folder = await mkdtemp(join(tmpdir(), "standin-proxy-"));
const certificates = makeCertificates(folder);
const servers: Server[] = [];
const proxies: TestProxy[] = [];
const transports: Transport[] = [];
const arrived: IncomingMessage[] = [];
const trustedBefore = getCACertificates("default");

beforeAll(() => {
  if (certificates === null) return;
  setDefaultCACertificates([...trustedBefore, certificates.authority]);
});

afterEach(async () => {
  arrived.length = 0;
  await Promise.all(transports.splice(0).map((transport) => transport.close()));
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});

afterAll(async () => {
  setDefaultCACertificates(trustedBefore);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  await rm(folder, { recursive: true });
});

const reply = JSON.stringify({
  choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
});

async function origin(kind: "good" | "otherHost" | "plain"): Promise<string> {
  const answer = (request: IncomingMessage, response: { end(text: string): unknown }) => {
    arrived.push(request);
    request.resume().on("end", () => response.end(reply));
  };
  const secure = kind === "plain" || certificates === null ? null : certificates[kind];
  const server = secure === null ? createPlain(answer) : createSecure({ ...secure }, answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return `${kind === "plain" ? "http" : "https"}://127.0.0.1:${port}/v1/chat/completions`;
}

async function proxied(manner: ProxyManner = {}): Promise<TestProxy> {
  const proxy = await startProxy(manner);
  proxies.push(proxy);
  return proxy;
}

function through(proxy: string, except = ""): Transport {
  const transport = createTransport({ https: proxy, http: proxy, except, loopback: true });
  transports.push(transport);
  return transport;
}

const at = ({ port }: TestProxy, user = "") => `http://${user}127.0.0.1:${port}`;

async function send(transport: Transport, url: string, signal = new AbortController().signal) {
  const connected: (string | undefined)[] = [];
  const request = { method: "POST", url, headers: { "x-key": canary }, body: "{}" } as const;
  const response = await transport.send(request, {
    signal,
    connected: (proxy) => void connected.push(proxy),
  });
  let text = "";
  for await (const bytes of response.body) text += Buffer.from(bytes).toString();
  return { status: response.status, text, connected };
}

const secure = describe.skipIf(certificates === null);

secure("https goes through a tunnel", () => {
  test("that is made once, and of which the proxy sees the host alone", async () => {
    const url = await origin("good");
    const proxy = await proxied();
    const transport = through(at(proxy));
    for (let turn = 0; turn < 3; turn += 1) {
      const { status, text, connected } = await send(transport, url);
      expect({ status, text }).toEqual({ status: 200, text: reply });
      expect(connected).toEqual([at(proxy)]);
      // A request made in the very tick of another's end may open one connection more.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(proxy.seen.length).toBeLessThanOrEqual(2);
    expect(proxy.seen[0]).toBe(`CONNECT ${new URL(url).host}`);
    expect(arrived[0]?.headers).toMatchObject({ host: new URL(url).host, "x-key": canary });
    expect(arrived[0]?.headers).not.toHaveProperty("proxy-authorization");
  });

  test("with user and password, which nobody else is told", async () => {
    const url = await origin("good");
    const proxy = await proxied({ credentials: "anna:p@ss word" });
    const { connected } = await send(through(at(proxy, "anna:p%40ss%20word@")), url);
    expect(connected).toEqual([at(proxy)]);
  });

  test("through a proxy that is itself reached by TLS", async () => {
    const url = await origin("good");
    const certificate = certificates?.good;
    const proxy = await proxied(certificate === undefined ? {} : { certificate });
    const address = at(proxy).replace("http:", "https:");
    const { text, connected } = await send(through(address), url);
    expect(text).toBe(reply);
    expect(connected).toEqual([address]);
    const plain = await send(through(address), await origin("plain"));
    expect(plain.text).toBe(reply);
  });

  test("a proxy whose certificate is wrong is the proxy's fault", async () => {
    const url = await origin("good");
    const certificate = certificates?.selfSigned;
    const proxy = await proxied(certificate === undefined ? {} : { certificate });
    await expect(send(through(at(proxy).replace("http:", "https:")), url)).rejects.toMatchObject({
      code: "ERR_PROXY_UNREACHABLE",
      message: expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT") as unknown,
    });
  });

  test("without them it is the proxy that is told of, and not the password", async () => {
    const url = await origin("good");
    const proxy = await proxied({ credentials: "anna:right" });
    const sent = send(through(at(proxy, "anna:wrong@")), url);
    await expect(sent).rejects.toMatchObject({
      code: "ERR_PROXY_AUTHENTICATION",
      proxy: at(proxy),
      message: expect.not.stringContaining("wrong") as unknown,
    });
  });

  test.each([403, 502])("a proxy that says %d to a way made none", async (status) => {
    const url = await origin("good");
    const proxy = await proxied({ status });
    await expect(send(through(at(proxy)), url)).rejects.toMatchObject({
      code: "ERR_PROXY_REFUSED",
      message: expect.stringContaining(
        `made no way to ${new URL(url).host} (${status})`,
      ) as unknown,
    });
    expect(proxy.seen).toHaveLength(1);
  });

  test("a proxy that hangs up is asked once, and is told of", async () => {
    const url = await origin("good");
    const proxy = await proxied({ on: "rude" });
    await expect(send(through(at(proxy)), url)).rejects.toMatchObject({
      code: "ERR_PROXY_UNREACHABLE",
      proxy: at(proxy),
    });
    expect(proxy.seen).toHaveLength(1);
  });

  test("no request counts as connected while the proxy makes no way; closing ends it", async () => {
    const url = await origin("good");
    const proxy = await proxied({ on: "mute" });
    const transport = through(at(proxy));
    const controller = new AbortController();
    const connected: unknown[] = [];
    const request = { method: "POST", url, headers: {}, body: "{}" } as const;
    const { signal } = controller;
    const sent = transport.send(request, { signal, connected: () => connected.push(1) });
    const gone = expect(sent).rejects.toThrow("mine");
    while (proxy.seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error("mine"));
    await gone;
    expect(connected).toEqual([]);
    await transport.close();
    while (proxy.sockets.size > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  test("a certificate that is wrong is the origin's, not the proxy's", async () => {
    const url = await origin("otherHost");
    const proxy = await proxied();
    await expect(send(through(at(proxy)), url)).rejects.toMatchObject({
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
    expect(proxy.seen).toHaveLength(1);
  });

  test("retain closes the tunnels to every other origin", async () => {
    const url = await origin("good");
    const proxy = await proxied();
    const transport = through(at(proxy));
    await send(transport, url);
    expect(proxy.sockets.size).toBeGreaterThan(0);
    transport.retain(new Set());
    while (proxy.sockets.size > 0) await new Promise((resolve) => setImmediate(resolve));
    await send(transport, url);
    expect(proxy.seen).toHaveLength(2);
  });
});

describe("http is fetched by the proxy", () => {
  test("with the whole URL and the origin's own host", async () => {
    const url = await origin("plain");
    const proxy = await proxied({ credentials: "anna:right" });
    const { text, connected } = await send(through(at(proxy, "anna:right@")), url);
    expect(text).toBe(reply);
    expect(connected).toEqual([at(proxy)]);
    expect(proxy.seen).toEqual([`POST ${url}`]);
    expect(arrived[0]?.headers.host).toBe(new URL(url).host);
  });

  test("a 407 is the proxy's", async () => {
    const url = await origin("plain");
    const proxy = await proxied({ credentials: "anna:right" });
    await expect(send(through(at(proxy)), url)).rejects.toMatchObject({
      code: "ERR_PROXY_AUTHENTICATION",
      proxy: at(proxy),
    });
  });
});

describe("where there is no proxy to go through", () => {
  test("nobody listening is the proxy's fault, by name", async () => {
    const url = await origin("plain");
    const proxy = await proxied();
    const address = at(proxy);
    await proxy.close();
    proxies.length = 0;
    await expect(send(through(address), url)).rejects.toMatchObject({
      code: "ERR_PROXY_UNREACHABLE",
      message: `The proxy ${address} cannot be reached (ECONNREFUSED).`,
    });
  });

  test.each(["socks5://127.0.0.1:1080", "http://", "ftp://anna:secret@x"])(
    "%s is refused, and nothing of it but the host is repeated",
    async (written) => {
      const url = await origin("plain");
      const sent = send(through(written), url);
      await expect(sent).rejects.toMatchObject({ code: "ERR_PROXY_INVALID" });
      await expect(sent).rejects.not.toThrow(/secret/u);
    },
  );

  test("hosts in NO_PROXY are asked directly, and so is this machine", async () => {
    const url = await origin("plain");
    expect((await send(through("http://127.0.0.1:9", "127.0.0.1"), url)).connected).toEqual([
      undefined,
    ]);
    const dead = "http://127.0.0.1:9";
    const usual = createTransport({ https: dead, http: dead, except: "", loopback: false });
    transports.push(usual);
    expect((await send(usual, url)).text).toBe(reply);
  });

  test("a proxy is named without a scheme", async () => {
    const url = await origin("plain");
    const proxy = await proxied();
    await send(through(`127.0.0.1:${proxy.port}`), url);
    expect(proxy.seen).toHaveLength(1);
  });
});

const entry = (url: string) => ({ api_endpoint: url, api_key: canary, model_name: "gpt-5.4-mini" });

describe("the engine and the doctor", () => {
  test("tell of a network failure with the proxy's name, and of no password", async () => {
    const url = await origin("plain");
    const proxy = await proxied({ credentials: "anna:right" });
    const transport = through(at(proxy, "anna:SECRET@"));
    const configuration = { providers: { p: { ...entry(url), retry_attempts: 1 } } };
    const manager = LLMConfigManager.from(configuration, { ports: { transport } });
    const asked = manager.generate({ messages: [{ role: "user", content: "Hi" }] });
    const error = await asked.then(
      () => null,
      (reason: unknown) => reason as LLMProviderError,
    );
    await manager.close();
    expect(error?.failure).toMatchObject({
      kind: "network",
      proxy: at(proxy),
      message: expect.stringContaining("check HTTPS_PROXY, HTTP_PROXY and NO_PROXY") as unknown,
    });
    expect(JSON.stringify(error?.failure)).not.toContain("SECRET");
  });

  const rows = [
    ["proxy_key", { credentials: "anna:right" }, /user:password@/u],
    ["proxy_unreachable", { on: "rude" }, /HTTPS_PROXY or HTTP_PROXY/u],
    ["proxy", { status: 403 }, /NO_PROXY/u],
  ] as const;

  secure("through a tunnel", () => {
    test.each(rows)("%s", async (cause, manner, advice) => {
      const proxy = await proxied(manner);
      const text = JSON.stringify({ providers: { p: entry(await origin("good")) } });
      const told = await examineOne(text, { ports: { transport: through(at(proxy)) } });
      expect(told).toMatchObject({ cause, verdict: "unwell", proxy: at(proxy) });
      expect(told.message).toContain(at(proxy));
      expect(told.advice).toMatch(advice);
    });
  });

  test("say of a provider that is well by which proxy it was reached", async () => {
    const proxy = await proxied();
    const text = JSON.stringify({ providers: { p: entry(await origin("plain")) } });
    const told = await examineOne(text, { ports: { transport: through(at(proxy)) } });
    expect(told).toMatchObject({ cause: "well", proxy: at(proxy) });
  });

  test("ask this machine's own providers directly, whatever the variables say", async () => {
    const lab = await startClinic();
    const env = { HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9" };
    const file = join(folder, "lab.json");
    await writeFile(file, JSON.stringify(lab.configuration()));
    const { code, out } = await standin(["doctor", "-c", file], { env });
    await lab.close();
    expect(out).toContain("2 well");
    expect(code).toBe(0);
  });

  test("go through the proxy that the variables name to any other host", async () => {
    const proxy = await proxied({ status: 502 });
    const env = { https_proxy: at(proxy, "anna:SECRET@") };
    const file = join(folder, "far.json");
    const providers = { far: entry("https://api.example.invalid/v1/chat/completions") };
    await writeFile(file, JSON.stringify({ providers }));
    const { code, out } = await standin(["doctor", "-c", file], { env });
    expect(proxy.seen).toEqual(["CONNECT api.example.invalid:443"]);
    expect(out).toContain(`proxy: The proxy ${at(proxy)} made no way`);
    expect(out).not.toContain("SECRET");
    expect(code).toBe(1);
  });
});
