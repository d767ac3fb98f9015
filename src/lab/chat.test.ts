import { afterAll, beforeAll, expect, test } from "vitest";
import type { HttpRequest } from "../ports.ts";
import type { JsonObject } from "./json.ts";
import { startLab, type Lab } from "./lab.ts";
import { sampleRequest } from "./sample-request.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.close());

const post = ({ url, ...request }: HttpRequest): Promise<Response> => fetch(url, request);

type Choice = { readonly delta: JsonObject; readonly finish_reason?: string | null };
type ChatChunk = { readonly choices: readonly Choice[]; readonly usage?: unknown };

/** The chunks of a stream, its comments and its end mark left out. */
async function chunks(request: HttpRequest): Promise<readonly ChatChunk[]> {
  const text = await (await post(request)).text();
  expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
  const lines = text.split("\n\n").filter((event) => event.startsWith("data: {"));
  return lines.map((line) => JSON.parse(line.slice(6)) as ChatChunk);
}

const parameters = {
  type: "object",
  properties: { city: { type: "string" }, days: { type: "integer" } },
};
const tools = [{ type: "function", function: { name: "get_weather", parameters } }];
const asksForTool = { tools, messages: [{ role: "user", content: "get weather, please" }] };

test("DeepSeek thinks unless told not to, and says usage with the reason of the end", async () => {
  const thinking = { thinking: { type: "enabled" } };
  const list = await chunks(sampleRequest(lab.deepseek, "chat_stream", thinking));
  const deltas = list.map(({ choices }) => choices[0]?.delta);
  expect(deltas[0]).toEqual({ role: "assistant", content: null, reasoning_content: "" });
  expect(deltas[1]).toEqual({ content: null, reasoning_content: "(simulated thought" });
  expect(deltas.at(-2)).toEqual({ content: ": Hello there", reasoning_content: null });
  expect(list.at(-1)?.usage).toMatchObject({
    completion_tokens_details: { reasoning_tokens: 160 },
  });
  expect(list.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);

  const short = sampleRequest(lab.deepseek, "chat", { ...thinking, max_tokens: 150 });
  expect(await (await post(short)).json()).toMatchObject({
    choices: [{ finish_reason: "length", message: { content: "" } }],
    usage: { completion_tokens: 150 },
  });
});

test("usage has a chunk of its own at DashScope and OpenAI, when it is asked for", async () => {
  for (const [to, form] of [
    [lab.qwen, "compatible_stream"],
    [lab.openai, "chat_stream"],
  ] as const) {
    const list = await chunks(sampleRequest(to, form));
    expect(list.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 6 } });
    expect(list.at(-2)).toMatchObject({ choices: [{ finish_reason: "stop" }], usage: null });
  }
  const without = await chunks(sampleRequest(lab.openai, "chat_stream", { stream_options: null }));
  expect(without.at(-1)?.choices[0]?.finish_reason).toBe("stop");
  expect(without.some((chunk) => "usage" in chunk)).toBe(false);
});

test("tool calls in pieces, as each house sends them", async () => {
  for (const [to, form, later] of [
    [lab.qwen, "compatible_stream", { id: "", type: "function" }],
    [lab.deepseek, "chat_stream", {}],
    [lab.openai, "chat_stream", {}],
  ] as const) {
    const list = await chunks(sampleRequest(to, form, asksForTool));
    const choices = list.flatMap((chunk) => chunk.choices);
    const pieces = choices.flatMap(({ delta }) => (delta["tool_calls"] ?? []) as JsonObject[]);
    expect(pieces[0]).toMatchObject({
      index: 0,
      type: "function",
      function: { name: "get_weather" },
    });
    expect(pieces[1]).toEqual({ index: 0, ...later, function: { arguments: expect.any(String) } });
    const said = pieces.map((piece) => (piece["function"] as JsonObject)["arguments"]).join("");
    expect(JSON.parse(said)).toEqual({ city: "simulated", days: 1 });
    expect(choices.at(-1)?.finish_reason).toBe("tool_calls");
    expect(choices.some((choice) => !("finish_reason" in choice))).toBe(to === lab.qwen);
  }
});

test("a tool is called when it is named or demanded, and never against tool_choice", async () => {
  const messages = [{ role: "user", content: "Hello" }];
  const named = { type: "function", function: { name: "get_weather" } };
  const told = async (tool_choice: unknown, fields: JsonObject = { tools, messages }) => {
    const request = sampleRequest(lab.openai, "chat", { ...fields, tool_choice });
    const body = (await (await post(request)).json()) as {
      choices: { message: JsonObject; finish_reason: string }[];
    };
    const [choice] = body.choices;
    return [choice?.finish_reason, "tool_calls" in (choice?.message ?? {})];
  };
  expect(await told("auto")).toEqual(["stop", false]);
  expect(await told("required")).toEqual(["tool_calls", true]);
  expect(await told(named)).toEqual(["stop", true]);
  expect(await told("none", asksForTool)).toEqual(["stop", false]);
});

test("JSON, stop words and parts of content", async () => {
  const content = async (fields: JsonObject): Promise<string> => {
    const body = await (await post(sampleRequest(lab.deepseek, "chat", fields))).json();
    return (
      (body as { choices: { message: { content: string } }[] }).choices[0]?.message.content ?? ""
    );
  };
  const json = { type: "json_object" };
  const wished = [{ role: "user", content: "Some json, please" }];
  expect(JSON.parse(await content({ response_format: json, messages: wished }))).toMatchObject({
    simulated: true,
    model: "deepseek-flash",
    you_said: "Some json, please",
  });
  expect(await content({ stop: ["said", "You"] })).toBe("(simulated deepseek deepseek-flash) ");
  const parts = [
    { type: "text", text: "One " },
    { type: "image_url" },
    { type: "text", text: "two" },
  ];
  expect(await content({ messages: [{ role: "user", content: parts }] })).toMatch(/said: One two$/);
});
