import { afterAll, beforeAll, expect, test } from "vitest";
import type { HttpRequest } from "../ports.ts";
import { sampleRequest } from "./sample-request.ts";
import { startLab, type Lab } from "./lab.ts";
import type { JsonObject } from "./json.ts";

const post = ({ url, ...request }: HttpRequest): Promise<Response> => fetch(url, request);

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ providers: { qwen: { vendor: "qwen", deltaTokens: 8 } } });
});
afterAll(() => lab.close());

const usage = (output: number): JsonObject => ({
  input_tokens: 6,
  output_tokens: output,
  total_tokens: 6 + output,
  prompt_tokens_details: { cached_tokens: 0 },
});

/** The events of a native stream, each as its lines. */
async function events(response: Response): Promise<readonly (readonly string[])[]> {
  const text = await response.text();
  expect(text.endsWith("\n\n")).toBe(true);
  return text
    .slice(0, -2)
    .split("\n\n")
    .map((event) => event.split("\n"));
}

function dataOf(event: readonly string[] | undefined): JsonObject {
  return JSON.parse(event?.[3]?.slice("data:".length) ?? "null") as JsonObject;
}

test("a native stream is framed to the letter", async () => {
  const response = await post(sampleRequest(lab.qwen, "native_stream"));
  expect(response.headers.get("content-type")).toBe("text/event-stream;charset=UTF-8");
  const id = response.headers.get("x-request-id");
  expect(await response.text()).toBe(
    [
      ["(simulated qwen qwen-flash) You", "null", 8],
      [" said: Hello there", "null", 12],
      ["", "stop", 12],
    ]
      .map(([content, finish, output], index) => {
        const message = { content, role: "assistant" };
        const data = {
          output: { choices: [{ message, finish_reason: finish }] },
          usage: usage(Number(output)),
          request_id: id,
        };
        const lines = [`id:${index + 1}`, "event:result", ":HTTP_STATUS/200"];
        return `${lines.join("\n")}\ndata:${JSON.stringify(data)}\n\n`;
      })
      .join(""),
  );
});

test("a whole answer, as choices and as text", async () => {
  const message = await (await post(sampleRequest(lab.qwen, "native"))).json();
  expect(message).toMatchObject({
    output: { choices: [{ finish_reason: "stop", message: { role: "assistant" } }] },
    usage: usage(12),
  });
  const text = await (
    await post(sampleRequest(lab.qwen, "native", { result_format: "text" }))
  ).json();
  expect(text).toMatchObject({
    output: { finish_reason: "stop", text: "(simulated qwen qwen-flash) You said: Hello there" },
  });
});

test("without incremental_output each event holds all of the text so far", async () => {
  const list = await events(
    await post(
      sampleRequest(lab.qwen, "native_stream", {
        incremental_output: false,
        result_format: "text",
      }),
    ),
  );
  const texts = list.map((event) => (dataOf(event)["output"] as JsonObject)["text"]);
  expect(texts).toEqual([
    "(simulated qwen qwen-flash) You",
    "(simulated qwen qwen-flash) You said: Hello there",
    "(simulated qwen qwen-flash) You said: Hello there",
  ]);
});

test("thought comes first and eats the budget", async () => {
  const asked = sampleRequest(lab.qwen, "native", { enable_thinking: true, max_tokens: 150 });
  const whole = (await (await post(asked)).json()) as JsonObject;
  expect(whole).toMatchObject({
    output: { choices: [{ finish_reason: "length", message: { content: "" } }] },
    usage: { output_tokens: 150, output_tokens_details: { reasoning_tokens: 150 } },
  });
  const list = await events(
    await post(
      sampleRequest(lab.qwen, "native_stream", { enable_thinking: true, max_tokens: 400 }),
    ),
  );
  const messages = list.map((event) => {
    const [choice] = (dataOf(event)["output"] as { choices: { message: JsonObject }[] }).choices;
    return choice?.message;
  });
  expect(messages[0]).toMatchObject({ content: "", reasoning_content: expect.stringMatching(/./) });
  expect(messages.at(-2)).toMatchObject({ content: " said: Hello there", reasoning_content: "" });
});

test("an error on a stream is an event under a 200", async () => {
  const asked = sampleRequest(lab.qwen, "native_stream", { temperature: 2 });
  const response = await post(asked);
  expect(response.status).toBe(200);
  const [event] = await events(response);
  expect(event?.slice(0, 3)).toEqual(["id:1", "event:error", ":HTTP_STATUS/400"]);
  expect(dataOf(event)).toMatchObject({
    code: "InvalidParameter",
    message: "Temperature should be in [0.0, 2.0)",
  });
});

test("the multimodal path takes its own models and lists of parts", async () => {
  const sample = sampleRequest(lab.qwen, "native");
  const content = [{ text: "Hello" }, { image: "https://example.com/cat.png" }];
  const body = JSON.stringify({
    model: "qwen3.7-plus",
    input: { messages: [{ role: "user", content }] },
    parameters: { enable_thinking: false },
  });
  const right = await post({ ...sample, url: lab.qwen.multimodalEndpoint, body });
  expect(await right.json()).toMatchObject({
    output: {
      choices: [
        { message: { content: [{ text: "(simulated qwen qwen3.7-plus) You said: Hello" }] } },
      ],
    },
  });
  const wrong = await post({ ...sample, body });
  expect(wrong.status).toBe(400);
  expect(await wrong.json()).toMatchObject({
    code: "InvalidParameter",
    message: "url error, please check url！",
  });
});

test("a tool the user names is called, in pieces as recorded", async () => {
  const parameters = { type: "object", properties: { city: { type: "string" } } };
  const tools = [{ type: "function", function: { name: "hello", parameters } }];
  const list = await events(await post(sampleRequest(lab.qwen, "native_stream", { tools })));
  const choices = list.map(
    (event) => (dataOf(event)["output"] as { choices: unknown[] }).choices[0],
  );
  expect(choices).toMatchObject([
    {
      finish_reason: "null",
      message: {
        tool_calls: [{ index: 0, function: { name: "hello", arguments: '{"city":"s' } }],
      },
    },
    {
      finish_reason: "tool_calls",
      message: { tool_calls: [{ index: 0, id: "", function: { arguments: 'imulated"}' } }] },
    },
  ]);
});
