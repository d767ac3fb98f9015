import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HttpRequest } from "../ports.ts";
import { sampleRequest } from "./sample-request.ts";
import { startLab, type Lab } from "./lab.ts";
import type { LabForm } from "./fault-body.ts";
import type { JsonObject } from "./json.ts";
import type { LabVendor } from "./provider.ts";

const post = ({ url, ...request }: HttpRequest): Promise<Response> => fetch(url, request);

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.close());

type Refusal = readonly [
  what: string,
  vendor: LabVendor,
  form: LabForm,
  fields: JsonObject,
  status: number,
  said: RegExp,
];

function strictly(properties: object, required: readonly string[]) {
  const schema = { type: "object", properties, required, additionalProperties: false };
  return { type: "json_schema", json_schema: { name: "x", strict: true, schema } };
}

const json = { response_format: { type: "json_object" } };
const developer = { messages: [{ role: "developer", content: "Hello" }] };
const options = { stream_options: { include_usage: true } };

const refusals: readonly Refusal[] = [
  ["temperature 2", "qwen", "native", { temperature: 2 }, 400, /Temperature should be/],
  ["json unsaid", "qwen", "native", json, 400, /must contain the word 'json'/],
  ["no max_tokens 0", "qwen", "native", { max_tokens: 0 }, 400, /Range of max_tokens/],
  ["n", "qwen", "native", { n: 5 }, 400, /Range of n/],
  [
    "tools as text",
    "qwen",
    "native",
    { tools: [{ function: { name: "a" } }], result_format: "text" },
    400,
    /message/,
  ],
  ["temperature 2", "qwen", "compatible", { temperature: 2 }, 400, /Temperature should be/],
  ["a retired model", "qwen", "compatible", { model: "qwen-turbo" }, 404, /"model_not_found"/],
  ["options, no stream", "qwen", "compatible", options, 400, /'stream_options' only set/],
  ["developer", "qwen", "compatible", developer, 400, /'developer' is not one of/],
  ["json unsaid", "qwen", "compatible_stream", json, 400, /must contain the word 'json'/],
  [
    "a retired model",
    "deepseek",
    "chat",
    { model: "deepseek-chat" },
    400,
    /supported API model names/,
  ],
  ["developer", "deepseek", "chat", developer, 400, /unknown variant `developer`/],
  ["options, no stream", "deepseek", "chat", options, 400, /stream_options should be set/],
  ["json unsaid", "deepseek", "chat_stream", json, 400, /must contain the word 'json'/],
  [
    "a schema",
    "deepseek",
    "chat",
    { response_format: { type: "json_schema" } },
    400,
    /unavailable now/,
  ],
  ["max_tokens", "deepseek", "chat", { max_tokens: 400_000 }, 400, /Invalid max_tokens/],
  [
    "a keyword that a strict schema may not have",
    "openai",
    "chat",
    { response_format: strictly({ a: { type: "string", maxLength: 3 } }, ["a"]) },
    400,
    /'maxLength' is not permitted/,
  ],
  [
    "what a strict schema leaves out",
    "openai",
    "chat",
    { response_format: strictly({ a: { type: "string" } }, []) },
    400,
    /Missing 'a'/,
  ],
  [
    "a forced tool in thought",
    "deepseek",
    "chat",
    { thinking: { type: "enabled" }, tool_choice: "required" },
    400,
    /tool_choice/,
  ],
  ["a retired model", "openai", "chat", { model: "gpt-4-32k" }, 404, /"model_not_found"/],
  ["max_tokens", "openai", "chat", { max_tokens: 150 }, 400, /"unsupported_parameter"/],
  ["options, no stream", "openai", "chat", options, 400, /only allowed when 'stream'/],
  ["temperature 3", "openai", "chat", { temperature: 3 }, 400, /decimal_above_max_value/],
];

test.each(refusals)("%s at %s %s", async (_what, vendor, form, fields, status, said) => {
  const response = await post(sampleRequest(lab[vendor], form, fields));
  expect(await response.text()).toMatch(said);
  expect(response.status).toBe(status);
  const octets = vendor === "deepseek" && status === 400;
  expect(response.headers.get("content-type")).toBe(
    octets ? "application/octet-stream" : "application/json",
  );
});

describe("keys and paths", () => {
  test("a wrong key is told in each vendor's own words", async () => {
    const told = async (vendor: LabVendor, form: LabForm): Promise<unknown> => {
      const response = await post(sampleRequest({ ...lab[vendor], key: "sk-wrong-key" }, form));
      expect(response.status).toBe(401);
      return response.json();
    };
    expect(await told("qwen", "native")).toEqual({
      code: "InvalidApiKey",
      message: "Invalid API-key provided.",
      request_id: expect.any(String),
    });
    expect(await told("qwen", "native_stream")).toMatchObject({ code: "InvalidApiKey" });
    expect(await told("qwen", "compatible")).toMatchObject({
      error: { type: "invalid_request_error", param: null, code: "invalid_api_key" },
    });
    expect(await told("deepseek", "chat")).toEqual({
      error: {
        message: "Authentication Fails, Your api key: ****-key is invalid",
        type: "authentication_error",
        param: null,
        code: "invalid_request_error",
      },
    });
    expect(await told("openai", "chat")).toMatchObject({ error: { code: "invalid_api_key" } });
  });

  test("an OpenAI body on the native path", async () => {
    const { body } = sampleRequest(lab.qwen, "compatible");
    const response = await post({ ...sampleRequest(lab.qwen, "native"), body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "BadRequest.EmptyInput" });
  });

  test("missing parts of a native body", async () => {
    const right = sampleRequest(lab.qwen, "native");
    for (const [part, code] of [
      ["model", "BadRequest.EmptyModel"],
      ["parameters", "BadRequest.EmptyParameters"],
    ] as const) {
      const { [part]: _left, ...rest } = JSON.parse(right.body) as Record<string, unknown>;
      const body = JSON.stringify(rest);
      expect(await (await post({ ...right, body })).json()).toMatchObject({ code });
    }
  });

  test("a wrong path is a 404, at DashScope and DeepSeek without a word", async () => {
    for (const vendor of ["qwen", "deepseek", "openai"] as const) {
      const response = await post({
        ...sampleRequest(lab[vendor], "chat"),
        url: `${lab[vendor].origin}/x`,
      });
      expect(response.status).toBe(404);
      expect(await response.text()).toMatch(vendor === "openai" ? /Invalid URL/ : /^$/);
    }
  });

  test("a prompt longer than the window", async () => {
    await using small = await startLab({
      providers: {
        qwen: { vendor: "qwen", contextWindow: 2 },
        deepseek: { vendor: "deepseek", contextWindow: 1 },
        openai: { vendor: "openai", contextWindow: 1 },
      },
    });
    const text = async (vendor: LabVendor, form: LabForm): Promise<string> =>
      (
        await post(
          sampleRequest(small[vendor], form, { messages: [{ role: "user", content: "a b c" }] }),
        )
      ).text();
    expect(await text("qwen", "compatible")).toContain("Range of input length should be [1, 2]");
    expect(await text("deepseek", "chat")).toContain("maximum context length is 1 tokens");
    expect(await text("openai", "chat")).toContain("context_length_exceeded");
  });

  test("retired models can be brought back, and a classic configuration works", async () => {
    await using old = await startLab({
      retiredModels: [],
      providers: {
        qwen: { vendor: "qwen", model: "qwen-turbo" },
        deepseek: { vendor: "deepseek", model: "deepseek-chat" },
      },
    });
    expect((await post(sampleRequest(old.qwen, "native"))).status).toBe(200);
    expect((await post(sampleRequest(old.deepseek, "chat"))).status).toBe(200);
  });
});
