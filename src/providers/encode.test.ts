import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ChatRequest } from "../chat/request.ts";
import { Secret } from "../secret.ts";
import type { Provider } from "../snapshot.ts";
import { sampleProvider } from "../../test/samples.ts";
import type { Encoded } from "./codec.ts";
import { codecFor } from "./codecs.ts";
import { userAgent } from "./outgoing.ts";

const textPath = "https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation";
const mediaPath =
  "https://dashscope.aliyuncs.com/api/v1/services/aigc/multimodal-generation/generation";

const openai = sampleProvider("openai", {
  endpoint: "https://api.openai.com/v1/chat/completions",
  model: "gpt-5.4-mini",
});
const deepseek = sampleProvider("deepseek", {
  vendor: "deepseek",
  endpoint: "https://api.deepseek.com/chat/completions",
  model: "deepseek-flash",
});
const compatible = sampleProvider("qwen", {
  vendor: "qwen",
  endpoint: "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions",
  model: "qwen-plus",
});
const native = sampleProvider("qwen", {
  vendor: "qwen",
  protocol: "dashscope",
  endpoint: textPath,
  model: "qwen-plus",
});
const media = { ...native, endpoint: mediaPath, model: "qwen3.7-plus" };
const unknown = sampleProvider("unknown", {
  endpoint: "http://127.0.0.1:9/v1/chat/completions",
  model: "llama",
});

const hello: ChatRequest = { messages: [{ role: "user", content: "Hello" }] };

type Body = Record<string, unknown> & {
  messages: Record<string, unknown>[];
  input: { messages: Record<string, unknown>[] };
  parameters: Record<string, unknown>;
};

function encode(provider: Provider, request: ChatRequest = hello, stream = false) {
  const encoded = codecFor(provider.protocol).encode(request, provider, stream);
  if ("kind" in encoded) throw new Error(encoded.message);
  return { ...encoded, json: JSON.parse(encoded.body) as Body } satisfies Encoded & { json: Body };
}

function refused(provider: Provider, request: ChatRequest): string | null {
  const encoded = codecFor(provider.protocol).encode(request, provider, false);
  return "kind" in encoded ? encoded.kind : null;
}

describe("a request", () => {
  test("goes to the endpoint with the key, and says who asks", () => {
    const { url, headers, stream } = encode(openai);
    expect(url).toBe(openai.endpoint);
    expect(stream).toBe(false);
    expect(headers).toEqual({
      authorization: "Bearer sk-test-openai",
      "content-type": "application/json",
      accept: "application/json",
      "accept-encoding": "identity",
      "user-agent": userAgent,
    });
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(userAgent).toBe(`standin/${version}`);
  });

  test("carries the headers of the configuration, which come last", () => {
    const headers = { "X-Tenant": new Secret("t"), Authorization: new Secret("Basic x") };
    expect(encode({ ...openai, headers }).headers).toMatchObject({
      "x-tenant": "t",
      authorization: "Basic x",
    });
  });

  test("carries the key as Azure wants it", () => {
    const azure = { ...openai, endpoint: "https://a.openai.azure.com/openai/v1/chat/completions" };
    const { headers } = encode(azure);
    expect(headers["api-key"]).toBe("sk-test-openai");
    expect(headers).not.toHaveProperty("authorization");
  });

  test("takes the provider's settings where it says nothing", () => {
    expect(encode(unknown).json).toEqual({
      model: "llama",
      messages: hello.messages,
      stream: false,
      temperature: 0.7,
      max_tokens: 150,
    });
  });

  test("keeps its own settings, and sends none for null", () => {
    expect(encode(unknown, { ...hello, temperature: 0, max_tokens: 9 }).json).toMatchObject({
      temperature: 0,
      max_tokens: 9,
    });
    const { json } = encode(unknown, { ...hello, temperature: null, max_tokens: null });
    expect(json).not.toHaveProperty("temperature");
    expect(json).not.toHaveProperty("max_tokens");
    expect(encode({ ...unknown, maxTokens: null }).json).not.toHaveProperty("max_tokens");
  });

  test("passes on what nobody knows; extra_body adds what the request does not say", () => {
    const provider = { ...unknown, extraBody: { top_k: 5, seed: 1 } };
    const { json, adaptations } = encode(provider, { ...hello, mirostat: 2, seed: 7 });
    expect(json).toMatchObject({ mirostat: 2, top_k: 5, seed: 7 });
    expect(adaptations).toEqual([]);
  });

  test("says what became of two bounds for one length", () => {
    const both = { ...hello, max_tokens: 9, max_completion_tokens: 5 };
    const { json, adaptations } = encode(unknown, both);
    expect(json).toMatchObject({ max_tokens: 9 });
    expect(json).not.toHaveProperty("max_completion_tokens");
    expect(adaptations.join()).toContain("max_completion_tokens was left out");
  });

  test("never asks for more than one answer or a stream of its own", () => {
    const { json } = encode(unknown, { ...hello, n: 1, stream: false }, true);
    expect(json).not.toHaveProperty("n");
    expect(json["stream"]).toBe(true);
  });

  test("has its broken text mended", () => {
    const content = "a\uD800b \\ud800 🌿";
    const { json, adaptations } = encode(unknown, { messages: [{ role: "user", content }] });
    expect(json.messages[0]?.["content"]).toBe("a\uFFFDb \\ud800 🌿");
    expect(adaptations).toHaveLength(1);
    const whole = { messages: [{ role: "user" as const, content: "\\ud800 🌿" }] };
    expect(encode(unknown, whole).adaptations).toEqual([]);
  });
});

describe("a stream", () => {
  test("in OpenAI's format asks for its usage", () => {
    const { json, headers, stream } = encode(openai, hello, true);
    expect(stream).toBe(true);
    expect(json).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(headers["accept"]).toBe("text/event-stream");
    expect(encode(openai).json).not.toHaveProperty("stream_options");
    const asked = { ...hello, stream_options: { include_obfuscation: false } };
    expect(encode(openai, asked).json).not.toHaveProperty("stream_options");
    expect(encode(openai, asked, true).json["stream_options"]).toEqual({
      include_obfuscation: false,
      include_usage: true,
    });
  });

  test("of DashScope is asked for in both ways, in pieces", () => {
    const { json, headers } = encode(native, hello, true);
    expect(headers).toMatchObject({ accept: "text/event-stream", "x-dashscope-sse": "enable" });
    expect(json.parameters["incremental_output"]).toBe(true);
    const whole = encode(native);
    expect(whole.headers).not.toHaveProperty("x-dashscope-sse");
    expect(whole.json.parameters).not.toHaveProperty("incremental_output");
  });

  test("is asked for where the model knows nothing else", () => {
    expect(encode({ ...native, model: "qwq-plus" }).stream).toBe(true);
    expect(encode({ ...compatible, thinking: "on" }).json["stream"]).toBe(true);
    expect(encode(compatible, { ...hello, enable_thinking: true }).stream).toBe(true);
    expect(encode(compatible).stream).toBe(false);
    expect(encode({ ...compatible, model: "qwen3-32b", thinking: "vendor" }).stream).toBe(true);
  });
});

describe("thinking", () => {
  const fields = (provider: Provider, request = hello) => encode(provider, request).json;

  test("is turned off and on by the vendor's own switch", () => {
    expect(fields(compatible)["enable_thinking"]).toBe(false);
    expect(fields({ ...compatible, thinking: "on" })["enable_thinking"]).toBe(true);
    expect(fields(native).parameters["enable_thinking"]).toBe(false);
    expect(fields(deepseek)["thinking"]).toEqual({ type: "disabled" });
    expect(fields({ ...deepseek, thinking: "on" })["thinking"]).toEqual({ type: "enabled" });
    expect(fields(openai)["reasoning_effort"]).toBe("none");
  });

  test("is left to the vendor, or to whoever says something of it", () => {
    expect(fields({ ...compatible, thinking: "vendor" })).not.toHaveProperty("enable_thinking");
    expect(fields(openai, { ...hello, reasoning_effort: "high" })["reasoning_effort"]).toBe("high");
    const provider = { ...deepseek, extraBody: { reasoning_effort: "low" } };
    expect(fields(provider)).not.toHaveProperty("thinking");
    expect(fields(unknown)).not.toHaveProperty("enable_thinking");
  });

  test("that cannot be had is told", () => {
    expect(encode({ ...unknown, thinking: "on" }).adaptations).toEqual([
      expect.stringContaining("no switch is known"),
    ]);
  });

  test("takes away what a thinking model refuses", () => {
    const request = { ...hello, top_p: 0.5, reasoning_effort: "high" };
    const { json, adaptations } = encode(openai, request);
    expect(json).not.toHaveProperty("temperature");
    expect(json).not.toHaveProperty("top_p");
    expect(adaptations).toEqual([expect.stringContaining("top_p")]);
    expect(encode(openai).json["temperature"]).toBe(0.7);
    const forced = encode({ ...deepseek, thinking: "on" }, { ...hello, tool_choice: "required" });
    expect(forced.json["tool_choice"]).toBe("auto");
    expect(forced.adaptations).toHaveLength(1);
    expect(encode(deepseek, { ...hello, tool_choice: "required" }).json["tool_choice"]).toBe(
      "required",
    );
  });
});

describe("what a vendor names or bounds in its own way", () => {
  test("is the bound of the answer's length", () => {
    expect(encode(openai).json).toMatchObject({ max_completion_tokens: 150 });
    expect(encode(openai).json).not.toHaveProperty("max_tokens");
    expect(encode(openai).adaptations).toEqual([]);
    const renamed = encode(openai, { ...hello, max_tokens: 9 });
    expect(renamed.json["max_completion_tokens"]).toBe(9);
    expect(renamed.adaptations).toHaveLength(1);
    const back = encode(deepseek, { ...hello, max_completion_tokens: 9 });
    expect(back.json).toMatchObject({ max_tokens: 9 });
    expect(back.json).not.toHaveProperty("max_completion_tokens");
    expect(encode({ ...unknown, model: "gpt-5" }).json).toHaveProperty("max_completion_tokens");
  });

  test("is the temperature", () => {
    const { json, adaptations } = encode(native, { ...hello, temperature: 2 });
    expect(json.parameters["temperature"]).toBe(1.99);
    expect(adaptations).toHaveLength(1);
    expect(encode(deepseek, { ...hello, temperature: 2 }).json["temperature"]).toBe(2);
  });

  test("is the role developer", () => {
    const request: ChatRequest = {
      messages: [{ role: "developer", content: "Be brief" }, ...hello.messages],
    };
    expect(encode(openai, request).json.messages[0]?.["role"]).toBe("developer");
    const adapted = encode(deepseek, request);
    expect(adapted.json.messages[0]?.["role"]).toBe("system");
    expect(adapted.adaptations).toHaveLength(1);
    expect(encode(native, request).json.input.messages[0]?.["role"]).toBe("system");
  });

  test("is the form of the answer", () => {
    const schema = { type: "object", properties: { a: { type: "number" } } };
    const request = {
      ...hello,
      response_format: { type: "json_schema", json_schema: { name: "x", schema } },
    };
    const { json, adaptations } = encode(deepseek, request);
    expect(json["response_format"]).toEqual({ type: "json_object" });
    expect(json.messages[0]).toEqual({
      role: "system",
      content: expect.stringContaining(JSON.stringify(schema)) as string,
    });
    expect(adaptations).toHaveLength(1);
    const system = { role: "system" as const, content: "Be brief" };
    const merged = encode(deepseek, { ...request, messages: [system, ...hello.messages] });
    expect(merged.json.messages).toHaveLength(2);
    expect(merged.json.messages[0]?.["content"]).toMatch(/^Be brief\n\n.*JSON/u);
    expect(encode(openai, request).json["response_format"]).toEqual(request.response_format);
  });

  test("are the thoughts of earlier answers", () => {
    const call = { id: "c", type: "function" as const, function: { name: "f", arguments: "{}" } };
    const request: ChatRequest = {
      messages: [
        ...hello.messages,
        { role: "assistant", content: null, tool_calls: [call], reasoning_content: "Hm." },
        { role: "tool", content: "1", tool_call_id: "c" },
        { role: "assistant", content: null, tool_calls: [call] },
        { role: "tool", content: "2", tool_call_id: "c" },
      ],
    };
    const stripped = encode(openai, request);
    expect(stripped.body).not.toContain("reasoning_content");
    expect(stripped.adaptations).toHaveLength(1);
    const padded = encode({ ...deepseek, thinking: "on" }, request);
    expect(padded.json.messages[1]?.["reasoning_content"]).toBe("Hm.");
    expect(padded.json.messages[3]?.["reasoning_content"]).toBe("");
    expect(padded.adaptations).toHaveLength(1);
    expect(encode(deepseek, request).adaptations).toEqual([]);
  });
});

describe("DashScope's own format", () => {
  test("has messages as input and all else as parameters", () => {
    const provider = { ...native, extraBody: { top_k: 5, parameters: { seed: 1 } } };
    expect(encode(provider, { ...hello, top_p: 0.5 }).json).toEqual({
      model: "qwen-plus",
      input: { messages: hello.messages },
      parameters: {
        result_format: "message",
        temperature: 0.7,
        max_tokens: 150,
        enable_thinking: false,
        top_p: 0.5,
        top_k: 5,
        seed: 1,
      },
    });
  });

  test("leaves out what it does not have, and says so", () => {
    const request = { ...hello, logit_bias: {}, user: "u", metadata: {}, frequency_penalty: 1 };
    const { json, adaptations } = encode(native, { ...request, stream_options: {} });
    expect(Object.keys(json.parameters)).not.toContain("user");
    expect(adaptations).toHaveLength(5);
  });

  test("cannot require just any tool", () => {
    const tool = (name: string) => ({ type: "function" as const, function: { name } });
    const one = encode(native, { ...hello, tools: [tool("a")], tool_choice: "required" });
    expect(one.json.parameters["tool_choice"]).toEqual(tool("a"));
    const two = encode(native, {
      ...hello,
      tools: [tool("a"), tool("b")],
      tool_choice: "required",
    });
    expect(two.json.parameters["tool_choice"]).toBe("auto");
    expect([...one.adaptations, ...two.adaptations]).toHaveLength(2);
  });

  test("takes text as text, and parts as parts", () => {
    const request: ChatRequest = {
      messages: [
        { role: "system", content: "See" },
        {
          role: "user",
          content: [
            { type: "text", text: "What is " },
            { type: "text", text: "this?" },
          ],
        },
        { role: "assistant", content: null, tool_calls: [] },
      ],
    };
    expect(encode(native, request).json.input.messages.map(({ content }) => content)).toEqual([
      "See",
      "What is this?",
      "",
    ]);
    expect(encode(media, request).json.input.messages.map(({ content }) => content)).toEqual([
      [{ text: "See" }],
      [{ text: "What is " }, { text: "this?" }],
      [],
    ]);
  });
});

test("images go to those who see them", () => {
  const url = "data:image/png;base64,AAAA";
  const request: ChatRequest = {
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: "What?" },
          { type: "image_url", image_url: { url } },
        ],
      },
    ],
  };
  expect(encode(media, request).json.input.messages[0]?.["content"]).toEqual([
    { text: "What?" },
    { image: url },
  ]);
  expect(refused(native, request)).toBe("bad_request");
  expect(refused({ ...native, model: "qwen3.8-max" }, request)).toBe("bad_request");
  expect(refused(compatible, request)).toBe("bad_request");
  expect(refused(openai, request)).toBeNull();
  expect(refused(unknown, request)).toBeNull();
});
