import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Cause } from "../../src/index.ts";
import type { Fault, Lab } from "../../src/lab/index.ts";
import { always, fault, faultBodies } from "../../src/lab/index.ts";
import { canary, examineOne, fileOf, startClinic } from "./clinic.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startClinic();
});
afterEach(() => lab.heal());
afterAll(() => lab.close());

/** What a provider meets, and what is to be said of it. */
type Row = {
  readonly name: string;
  readonly provider?: string;
  readonly fault?: Fault;
  /** Changes of the provider's entry in the file. */
  readonly entry?: (lab: Lab) => object;
  readonly timeoutMs?: number;
  readonly cause: Cause;
  readonly message: RegExp;
  readonly advice: RegExp;
};

function body(name: string): Fault {
  const row = faultBodies.find((one) => one.name === name);
  if (row === undefined) throw new Error(`The lab has no ${name}.`);
  return row.before;
}

const endpoint = (of: (url: string) => string) => (from: Lab) => ({
  api_endpoint: of(from.deepseek.endpoint),
});
const hostile = (host: string) => endpoint(() => `https://${host}/v1/chat/completions`);
const own = /providers\.deepseek\.api_endpoint/u;

const rows: readonly Row[] = [
  {
    name: "a name that does not resolve",
    entry: hostile("nobody.invalid"),
    cause: "dns",
    message: /nobody\.invalid/u,
    advice: own,
  },
  {
    name: "nobody listens",
    fault: fault.refused(),
    cause: "refused",
    message: /127\.0\.0\.1:\d+ \(ECONNREFUSED\)/u,
    advice: own,
  },
  {
    name: "TLS spoken to a port of plain HTTP",
    entry: endpoint((url) => url.replace("http:", "https:")),
    cause: "tls_not_spoken",
    message: /does not speak TLS/u,
    advice: /http:\/\/ instead of https:\/\/ in providers\.deepseek\.api_endpoint/u,
  },
  {
    name: "a connection closed without a word",
    fault: fault.reset(),
    cause: "closed",
    message: /closed the connection/u,
    advice: own,
  },
  {
    name: "a path nobody serves",
    entry: endpoint((url) => url.replace("/v1/", "/v2/")),
    cause: "wrong_path",
    message: /\/v2\/chat\/completions.*\(404\)/u,
    advice: /providers\.deepseek\.api_endpoint.*\/v1\/chat\/completions/u,
  },
  {
    name: "a path of another method",
    fault: fault.status(405),
    cause: "wrong_path",
    message: /405/u,
    advice: own,
  },
  {
    name: "a page that says 404",
    fault: fault.html(404),
    cause: "wrong_path",
    message: /404/u,
    advice: own,
  },
  {
    name: "a path of another family of models",
    provider: "qwen",
    fault: body("qwen/url error"),
    cause: "wrong_path",
    message: /400/u,
    advice: /providers\.qwen\.api_endpoint/u,
  },
  {
    name: "an address that moved",
    fault: fault.status(301, { headers: { location: "https://new.example/v1?key=sk-test-x" } }),
    cause: "redirected",
    message: /to https:\/\/new\.example\/v1\.$/u,
    advice: own,
  },
  {
    name: "a web page",
    fault: fault.html(200),
    cause: "not_an_api",
    message: /web page/u,
    advice: own,
  },
  {
    name: "a key that is refused",
    entry: () => ({ api_key: "sk-test-CANARY-wrong" }),
    cause: "key",
    message: /refused the key \(401/u,
    advice: /providers\.deepseek\.api_key/u,
  },
  {
    name: "a key of another region",
    provider: "qwen",
    entry: () => ({ api_key: "sk-test-CANARY-wrong" }),
    cause: "key",
    message: /401 InvalidApiKey/u,
    advice: /providers\.qwen\.api_key/u,
  },
  {
    name: "a key that may not do this",
    provider: "qwen",
    fault: body("qwen/Model.AccessDenied"),
    cause: "key_forbidden",
    message: /403 Model\.AccessDenied/u,
    advice: /providers\.qwen\.model_name/u,
  },
  {
    name: "no balance",
    fault: body("deepseek/Insufficient Balance"),
    cause: "credit",
    message: /402.*"Insufficient Balance"/u,
    advice: /Top up.*"enabled": false for providers\.deepseek/u,
  },
  {
    name: "arrears",
    provider: "qwen",
    fault: body("qwen/Arrearage"),
    cause: "credit",
    message: /400 Arrearage/u,
    advice: /Top up/u,
  },
  {
    name: "a free tier that is used up",
    provider: "qwen",
    fault: body("qwen/AllocationQuota.FreeTierOnly"),
    cause: "credit",
    message: /403/u,
    advice: /free-tier-only mode/u,
  },
  {
    name: "a model that was retired",
    entry: () => ({ model_name: "deepseek-chat" }),
    cause: "model",
    message: /deepseek-chat \(400/u,
    advice: /providers\.deepseek\.model_name to deepseek-flash.*retired on 2026-07-24/u,
  },
  {
    name: "a throttle",
    fault: fault.status(429, { retryAfter: 7 }),
    cause: "throttled",
    message: /429/u,
    advice: /Wait 7 s.*providers\.deepseek\.rate_limit/u,
  },
  {
    name: "a vendor that is overloaded",
    fault: body("deepseek/service_unavailable_error"),
    cause: "overloaded",
    message: /503.*Service is too busy/u,
    advice: /standin doctor deepseek/u,
  },
  {
    name: "a vendor that fails",
    fault: fault.status(500),
    cause: "server",
    message: /500/u,
    advice: /Nothing is wrong on this side/u,
  },
  {
    name: "silence",
    fault: fault.silent(),
    timeoutMs: 1_000,
    cause: "silent",
    message: /said nothing within 1 s/u,
    advice: /providers\.deepseek\.timeout/u,
  },
  {
    name: "an answer that stops",
    fault: fault.stall({ deltas: 0 }),
    timeoutMs: 1_000,
    cause: "stalled",
    message: /not come to its end within 1 s/u,
    advice: /providers\.deepseek\.timeout/u,
  },
  {
    name: "an answer that breaks off",
    fault: fault.cut({ bytes: 40 }),
    cause: "cut",
    message: /broke off/u,
    advice: /on the way/u,
  },
  {
    name: "an answer whose connection breaks",
    fault: fault.cut({ bytes: 40 }, "reset"),
    cause: "cut",
    message: /broke off.*\((ECONNRESET|UND_ERR_SOCKET)|200/u,
    advice: /on the way/u,
  },
  {
    name: "JSON that is no answer",
    fault: fault.wrongShape("choices_missing"),
    cause: "malformed",
    message: /format openai_chat/u,
    advice: /providers\.deepseek\.protocol/u,
  },
  {
    name: "an empty reply",
    fault: fault.blank(),
    cause: "malformed",
    message: /format openai_chat/u,
    advice: own,
  },
  {
    name: "a filter that stops a greeting",
    fault: body("deepseek/Content Exists Risk"),
    cause: "filtered",
    message: /greeting/u,
    advice: /filters/u,
  },
  {
    name: "a setting that is refused",
    entry: () => ({ extra_body: { top_p: 7 } }),
    cause: "bad_request",
    message: /400.*: ".*top_p/u,
    advice: /extra_body and protocol of providers\.deepseek/u,
  },
  {
    name: "a firewall's page",
    fault: fault.html(403),
    cause: "blocked",
    message: /page of its own \(403\)/u,
    advice: /firewall/u,
  },
];

describe("each cause is told apart, on real sockets", () => {
  test.each(rows)("$name: $cause", async ({ provider = "deepseek", ...row }) => {
    if (row.fault !== undefined) await lab.script(provider, always(row.fault));
    const text = fileOf(lab, provider, row.entry?.(lab));
    const { timeoutMs } = row;
    const told = await examineOne(text, timeoutMs === undefined ? {} : { timeoutMs });
    expect(told.message).toMatch(row.message);
    expect(told.advice).toMatch(row.advice);
    expect(told).toMatchObject({ cause: row.cause, verdict: "unwell", provider });
  });

  test("there are at least twelve", () => {
    expect(new Set(rows.map(({ cause }) => cause)).size).toBeGreaterThanOrEqual(12);
  });
});

describe("a provider that is well", () => {
  test.each(["qwen", "deepseek", "openai"])(
    "%s: says how fast, and nothing to do",
    async (name) => {
      const told = await examineOne(fileOf(lab, name));
      expect(told).toMatchObject({ verdict: "well", cause: "well", advice: "", status: 200 });
      expect(told.message).toMatch(/^It answered in \d+\.\d\d s\.$/u);
      const { connectMs, firstByteMs, firstContentMs, wholeMs } = told.latency ?? {};
      const times = [0, connectMs, firstByteMs, firstContentMs, wholeMs];
      expect(times).toEqual(times.toSorted((a, b) => Number(a) - Number(b)));
      expect(times).not.toContain(null);
    },
  );

  test("is asked once, for one token, without thought and with the file's own key", async () => {
    const before = lab.requests.length;
    await examineOne(fileOf(lab, "deepseek", { max_tokens: 4000, thinking: "on" }));
    const asked = lab.requests.slice(before);
    expect(asked).toHaveLength(1);
    expect(JSON.parse(asked[0]?.body ?? "")).toMatchObject({
      messages: [{ role: "user", content: "Hi" }],
      max_tokens: 1,
      thinking: { type: "disabled" },
    });
  });

  test("is well when the one token was too little for text", async () => {
    await lab.script("qwen", always(fault.lengthWithoutText()));
    expect(await examineOne(fileOf(lab, "qwen"))).toMatchObject({ cause: "well" });
  });

  test("is well when its one token went into thought, which OpenAI calls an error", async () => {
    const message =
      "Could not finish the message because max_tokens or model output limit was reached.";
    const error = { error: { message, type: "invalid_request_error", code: null } };
    await lab.script("openai", always(fault.status(400, { body: JSON.stringify(error) })));
    expect(await examineOne(fileOf(lab, "openai"))).toMatchObject({ cause: "well" });
  });

  test("is warned of when it takes more than half of its time", async () => {
    await lab.script("deepseek", always(fault.slowFirstByte(700)));
    const told = await examineOne(fileOf(lab, "deepseek"), { timeoutMs: 1_300 });
    expect(told).toMatchObject({ cause: "slow", verdict: "warning" });
    expect(told.message).toMatch(/with 1\.3 s to do it/u);
    expect(told.advice).toContain("providers.deepseek.timeout");
  });
});

test("the canary is what the lab's providers take", () => {
  expect(lab.deepseek.key).toBe(canary);
});
