import { describe, expect, test } from "vitest";
import type { Cause, HttpRequest, Transport } from "../../src/index.ts";
import { createVirtualClock } from "../simulation/virtual-clock.ts";
import { canary, examineOne } from "./clinic.ts";

/** What a connection can fail of, each said by the system's own code. */

const name = "p";

function fileFor(endpoint: string, more: object = {}): string {
  const entry = { api_endpoint: endpoint, api_key: canary, model_name: "gpt-5.4-mini", ...more };
  return JSON.stringify({ providers: { [name]: entry } });
}

function transportOf(send: Transport["send"]): { readonly transport: Transport } {
  return { transport: { send, retain: () => {}, close: () => Promise.resolve() } };
}

function failing(code: string, within?: "cause"): { readonly transport: Transport } {
  const error = Object.assign(new Error(`Bearer ${canary}`), { code });
  const thrown = within === undefined ? error : new Error("connect failed", { cause: error });
  return transportOf(() => Promise.reject(thrown));
}

const secure = "https://api.example.test/v1/chat/completions";
const plain = "http://127.0.0.1:8080/v1/chat/completions";
const own = /providers\.p\.api_endpoint/u;

const rows: readonly (readonly [
  code: string,
  endpoint: string,
  cause: Cause,
  message: RegExp,
  advice: RegExp,
])[] = [
  ["ENOTFOUND", secure, "dns", /api\.example\.test does not exist/u, own],
  ["EAI_NONAME", secure, "dns", /does not exist/u, own],
  ["EAI_AGAIN", secure, "dns_temporary", /could not be looked up/u, /standin doctor p/u],
  ["ECONNREFUSED", plain, "refused", /127\.0\.0\.1:8080/u, own],
  ["EHOSTUNREACH", secure, "unreachable", /api\.example\.test:443/u, /firewall.*HTTPS_PROXY/u],
  ["ENETUNREACH", secure, "unreachable", /no way/u, /network/u],
  ["ETIMEDOUT", secure, "connect_timeout", /ETIMEDOUT/u, /providers\.p\.timeouts\.connect/u],
  ["UND_ERR_CONNECT_TIMEOUT", secure, "connect_timeout", /in time/u, own],
  ["CERT_HAS_EXPIRED", secure, "tls_date", /not valid today/u, /clock/u],
  ["CERT_NOT_YET_VALID", secure, "tls_date", /not valid today/u, /clock/u],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", secure, "tls_untrusted", /authority/u, /NODE_EXTRA_CA_CERTS/u],
  ["SELF_SIGNED_CERT_IN_CHAIN", secure, "tls_untrusted", /authority/u, /NODE_EXTRA_CA_CERTS/u],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", secure, "tls_untrusted", /authority/u, /NODE_EXTRA/u],
  ["ERR_TLS_CERT_ALTNAME_INVALID", secure, "tls_wrong_host", /another host/u, own],
  ["ERR_SSL_WRONG_VERSION_NUMBER", secure, "tls_not_spoken", /does not speak TLS/u, /http:\/\//u],
  ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", secure, "tls", /secure connection/u, own],
  ["ECONNRESET", secure, "tls", /secure connection/u, /clock/u],
  ["ECONNRESET", plain, "closed", /without a word/u, /https:\/\//u],
  ["HPE_INVALID_CONSTANT", plain, "tls_expected", /speaks TLS/u, /https:\/\/ instead/u],
  ["ERR_INVALID_CHAR", secure, "unsendable", /cannot be sent/u, /providers\.p\.headers/u],
];

test.each(rows)("%s to %s is %s", async (code, endpoint, cause, message, advice) => {
  for (const within of [undefined, "cause"] as const) {
    const told = await examineOne(fileFor(endpoint), { ports: failing(code, within) });
    expect(told).toMatchObject({ cause, verdict: "unwell", code, status: null });
    expect(told.message).toMatch(message);
    expect(told.advice).toMatch(advice);
    expect(told.latency).toMatchObject({ connectMs: null, firstByteMs: null });
  }
});

test("a slip of the pen in a well-known host is mended", async () => {
  const endpoint = "https://api.deepsek.com/v1/chat/completions";
  const told = await examineOne(fileFor(endpoint), { ports: failing("ENOTFOUND") });
  expect(told.advice).toMatch(/^Write api\.deepseek\.com into providers\.p\.api_endpoint/u);
});

describe("in virtual time", () => {
  async function played(send: Transport["send"], timeoutMs?: number) {
    const clock = createVirtualClock();
    const ports = { clock, ...transportOf(send) };
    const options = timeoutMs === undefined ? { ports } : { ports, timeoutMs };
    const found = examineOne(fileFor(plain), options);
    await clock.live();
    return { told: await found, clock };
  }

  const pending = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      const leave = () => reject(signal.reason as Error);
      if (signal.aborted) leave();
      signal.addEventListener("abort", leave, { once: true });
    });

  test("no connection in 10 s, or in the time that is given", async () => {
    for (const [given, limit] of [
      [undefined, "10 s"],
      [3_000, "3 s"],
    ] as const) {
      const { told } = await played((_, { signal }) => pending(signal), given);
      expect(told).toMatchObject({ cause: "connect_timeout", code: null });
      expect(told.message).toContain(`(${limit})`);
      expect(told.advice).toContain("providers.p.timeouts.connect");
    }
  });

  test("connected, then nothing for all of its 30 s", async () => {
    const { told } = await played((_, { signal, connected }) => {
      connected();
      return pending(signal);
    });
    expect(told).toMatchObject({ cause: "silent", latency: { connectMs: 0, wholeMs: 30_000 } });
    expect(told.message).toContain("within 30 s");
  });
});

describe("what is asked for does not grow dear", () => {
  const answer = (text: string) =>
    async function* bytes(): AsyncIterable<Uint8Array> {
      yield new TextEncoder().encode(text);
    };

  /** The bodies sent for an entry, with the diagnosis; the reply is the same for all. */
  async function sent(entry: object, reply: string, type = "application/json") {
    const requests: HttpRequest[] = [];
    const ports = transportOf((request, { connected }) => {
      requests.push(request);
      connected();
      const headers = { "content-type": type };
      return Promise.resolve({ status: 200, headers, body: answer(reply)() });
    });
    const told = await examineOne(fileFor(secure, entry), { ports });
    return { told, bodies: requests.map(({ body }) => JSON.parse(body) as object) };
  }

  const choices = [{ index: 0, message: { content: "Hi" }, finish_reason: "length" }];
  const whole = JSON.stringify({ choices });

  test("extra_body cannot raise the number of tokens, answers, tools or searches", async () => {
    const extra = {
      max_completion_tokens: 900,
      best_of: 4,
      enable_search: true,
      tools: [],
      top_k: 3,
    };
    const { told, bodies } = await sent({ extra_body: extra }, whole);
    expect(told.cause).toBe("well");
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toMatchObject({ max_completion_tokens: 1, top_k: 3 });
    expect(Object.keys(bodies[0] ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(best_of|enable_search|tools)$/u)]),
    );
  });

  test("a thought that extra_body asks for is turned off where the switch is known", async () => {
    const extra_body = { thinking: { type: "enabled" } };
    const { bodies } = await sent(
      { vendor: "deepseek", model_name: "deepseek-flash", extra_body },
      whole,
    );
    expect(bodies[0]).toMatchObject({ max_tokens: 1, thinking: { type: "disabled" } });
  });

  test("a model that always thinks and only streams is left at its first thought", async () => {
    const chunk = {
      choices: [{ index: 0, delta: { reasoning_content: "So" }, finish_reason: null }],
    };
    const stream = `data: ${JSON.stringify(chunk)}\n\n`.repeat(50);
    const entry = { vendor: "qwen", model_name: "qwen3-8b-thinking" };
    const { told, bodies } = await sent(entry, stream, "text/event-stream");
    expect(bodies[0]).toMatchObject({ stream: true });
    expect(told).toMatchObject({ cause: "well" });
    expect(told.notes).toEqual([
      "It always thinks before it answers: it was left at the first piece of its thought.",
    ]);
  });

  test("one that always thinks and need not stream is told to cost more", async () => {
    const { told } = await sent({ model_name: "o3" }, whole);
    expect(told).toMatchObject({ cause: "well" });
    expect(told.notes).toEqual([
      "It always thinks before it answers: the thought may cost more than a token.",
    ]);
  });
});

describe("DashScope's keys belong to a region or a plan", () => {
  const refusal = { code: "InvalidApiKey", message: `Invalid API-key provided: ${canary}` };

  async function refused(host: string, key = canary) {
    const ports = transportOf(async () => ({
      status: 401,
      headers: { "content-type": "application/json" },
      body: (async function* () {
        yield new TextEncoder().encode(JSON.stringify(refusal));
      })(),
    }));
    const entry = { api_key: key, model_name: "qwen-flash" };
    return examineOne(fileFor(`https://${host}/compatible-mode/v1`, entry), { ports });
  }

  test.each([
    ["dashscope.aliyuncs.com", "China (Beijing)"],
    ["dashscope-intl.aliyuncs.com", "Singapore"],
    ["ws1.eu-central-1.maas.aliyuncs.com", "Germany (Frankfurt)"],
  ])("%s takes those of %s", async (host, region) => {
    const told = await refused(host);
    expect(told).toMatchObject({ cause: "key", code: "InvalidApiKey", status: 401 });
    expect(told.advice).toContain(`this host takes those of ${region}`);
  });

  test("a key of the Coding Plan at another host, and the other way round", async () => {
    const plan = await refused("dashscope.aliyuncs.com", "sk-sp-test-CANARY-1234567890");
    expect(plan).toMatchObject({ cause: "key_elsewhere", verdict: "unwell" });
    expect(plan.advice).toContain("coding.dashscope.aliyuncs.com");
    expect(await refused("coding.dashscope.aliyuncs.com")).toMatchObject({
      cause: "key_elsewhere",
    });
  });
});
