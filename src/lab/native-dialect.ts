import type { LabAnswer } from "./answer.ts";
import type { LabAsk } from "./ask.ts";
import type { Chunk, Dialect, Marks } from "./dialect.ts";
import type { JsonObject } from "./json.ts";
import { usageOf } from "./usage.ts";
import type { VendorError } from "./vendor-error.ts";

// The form of every event and body: cnblogs/dashscope-sdk,
// test/Cnblogs.DashScope.Tests.Shared/RawHttpData.

/** DashScope's own format; on the multimodal path content is a list of parts. */
export function nativeDialect(form: "native" | "multimodal"): Dialect {
  return {
    form,
    contentType: { whole: "application/json", stream: "text/event-stream;charset=UTF-8" },
    keepAlive: { whole: "\n", stream: ": keep-alive\n\n" },
    prefaced: false,
    endMark: null,
    whole: (answer, ask, marks) => wholeBody(answer, ask, marks, form),
    chunks: (answer, ask, marks) => chunksOf(answer, ask, marks, form),
    frame: (data, number) => event("result", 200, JSON.stringify(data), number),
    errorBody,
    errorFrame: (error, marks, number) =>
      event("error", error.status, errorBody(error, marks), number),
    errorReply(error, stream, marks) {
      if (error.plain !== undefined) return { status: error.status, ...error.plain };
      if (!stream || error.atTheDoor === true) {
        const body = errorBody(error, marks);
        return { status: error.status, contentType: "application/json", body };
      }
      const body = event("error", error.status, errorBody(error, marks), 1);
      return { status: 200, contentType: "text/event-stream;charset=UTF-8", body };
    },
    headers: (marks) => ({
      "x-request-id": marks.requestId,
      "x-dashscope-call-gateway": "true",
      "req-arrive-time": String(Math.round(marks.at)),
      server: "istio-envoy",
    }),
  };
}

function event(name: string, status: number, data: string, number: number): string {
  return `id:${number}\nevent:${name}\n:HTTP_STATUS/${status}\ndata:${data}\n\n`;
}

function errorBody(error: VendorError, marks: Marks): string {
  const { code, message } = error;
  return JSON.stringify({ code, message, request_id: marks.requestId });
}

function thinks(answer: LabAnswer, ask: LabAsk): boolean {
  return ask.thinking || answer.reasoning.length > 0;
}

function usage(answer: LabAnswer, ask: LabAsk): JsonObject {
  const { prompt, output, total, reasoning } = usageOf(answer);
  return {
    input_tokens: prompt,
    output_tokens: output,
    total_tokens: total,
    ...(reasoning > 0 || ask.thinking
      ? { output_tokens_details: { reasoning_tokens: reasoning } }
      : {}),
    prompt_tokens_details: { cached_tokens: 0 },
  };
}

function contentOf(text: string, form: string): unknown {
  if (form === "native") return text;
  return text === "" ? [] : [{ text }];
}

function wholeBody(answer: LabAnswer, ask: LabAsk, marks: Marks, form: string): JsonObject {
  const text = answer.text.join("") + answer.lastWords;
  const finish = answer.finish ?? "null";
  const calls = answer.calls.map((call, index) => ({
    index,
    id: call.id,
    type: "function",
    function: { name: call.name, arguments: call.arguments },
  }));
  const message = {
    role: "assistant",
    content: contentOf(text, form),
    ...(thinks(answer, ask) ? { reasoning_content: answer.reasoning.join("") } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  const output = ask.plainText
    ? { finish_reason: finish, text }
    : { choices: [{ finish_reason: finish, message }] };
  return { output, usage: usage(answer, ask), request_id: marks.requestId };
}

type Said = { readonly reasoning: string; readonly text: string; readonly calls?: unknown };

function chunksOf(answer: LabAnswer, ask: LabAsk, marks: Marks, form: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  const soFar = { ...answer, reasoning: [] as string[], text: [] as string[] };
  const add = (kind: Chunk["kind"], said: Said, finish: string): void => {
    const data = {
      output: outputOf(said, finish, ask, form),
      usage: usage({ ...soFar, calls: kind === "call" ? answer.calls : [] }, ask),
      request_id: marks.requestId,
    };
    chunks.push({ kind, data });
  };
  for (const piece of answer.reasoning) {
    soFar.reasoning.push(piece);
    add(
      "reasoning",
      { reasoning: ask.incremental ? piece : soFar.reasoning.join(""), text: "" },
      "null",
    );
  }
  const thought = ask.incremental ? "" : answer.reasoning.join("");
  for (const piece of answer.text) {
    soFar.text.push(piece);
    const text = ask.incremental ? piece : soFar.text.join("");
    add("text", { reasoning: thought, text }, "null");
  }
  const fragments = answer.calls.flatMap((call, index) => fragmentsOf(call, index));
  for (const [index, calls] of fragments.entries()) {
    const last = index === fragments.length - 1 && answer.finish === "tool_calls";
    add(
      last ? "finish" : "call",
      { reasoning: thought, text: "", calls: [calls] },
      last ? "tool_calls" : "null",
    );
  }
  if (answer.finish !== null && (fragments.length === 0 || answer.finish !== "tool_calls")) {
    const text = (ask.incremental ? "" : answer.text.join("")) + answer.lastWords;
    add("finish", { reasoning: thought, text }, answer.finish);
  }
  return chunks;
}

function fragmentsOf(call: LabAnswer["calls"][number], index: number): readonly JsonObject[] {
  const { id, name } = call;
  const half = Math.ceil(call.arguments.length / 2);
  const [first, second] = [call.arguments.slice(0, half), call.arguments.slice(half)];
  return [
    { index, id, type: "function", function: { name, arguments: first } },
    { index, id: "", type: "function", function: { arguments: second } },
  ];
}

function outputOf(said: Said, finish: string, ask: LabAsk, form: string): JsonObject {
  if (ask.plainText) return { finish_reason: finish, text: said.text };
  const message = {
    content: contentOf(said.text, form),
    ...(ask.thinking || said.reasoning !== "" ? { reasoning_content: said.reasoning } : {}),
    ...(said.calls === undefined ? {} : { tool_calls: said.calls }),
    role: "assistant",
  };
  return { choices: [{ message, finish_reason: finish }] };
}
