import type { LabAnswer } from "./answer.ts";
import type { LabAsk } from "./ask.ts";
import type { Chunk, Dialect, Marks } from "./dialect.ts";
import type { JsonObject } from "./json.ts";
import { usageOf } from "./usage.ts";
import type { VendorError } from "./vendor-error.ts";

/** What differs between those who speak OpenAI's chat format. */
export type ChatHouse = {
  readonly form: "compatible" | "chat";
  readonly streamType: string;
  readonly prefaced: boolean;
  readonly idPrefix: string;
  /** Fields of every body and chunk beside the usual ones. */
  readonly extra: JsonObject;
  /** Whether the usage rides on the chunk that finishes. */
  readonly usageOnFinish: boolean;
  /** Whether thought and text are both named in every delta, one of them `null`. */
  readonly pairedDeltas: boolean;
  /** Whether later pieces of a tool call carry an empty `id`, and one more of them says nothing. */
  readonly emptyCallIds: boolean;
  /** Whether content is `null` in a whole body that calls tools. */
  readonly noTextBesideCalls: boolean;
  usage(answer: LabAnswer, ask: LabAsk): JsonObject;
  error(error: VendorError, marks: Marks): JsonObject;
  errorType(status: number): string;
  headers(marks: Marks): Readonly<Record<string, string>>;
};

/** OpenAI's chat format as one house speaks it. */
export function chatDialect(house: ChatHouse): Dialect {
  const errorBody = (error: VendorError, marks: Marks): string =>
    JSON.stringify(house.error(error, marks));
  return {
    form: house.form,
    contentType: { whole: "application/json", stream: house.streamType },
    keepAlive: { whole: "\n", stream: ": keep-alive\n\n" },
    prefaced: house.prefaced,
    endMark: "data: [DONE]\n\n",
    whole: (answer, ask, marks) => wholeBody(house, answer, ask, marks),
    chunks: (answer, ask, marks) => chunksOf(house, answer, ask, marks),
    frame: (data) => `data: ${JSON.stringify(data)}\n\n`,
    errorBody,
    errorFrame: (error, marks) => `data: ${errorBody(error, marks)}\n\n`,
    errorReply(error, stream, marks) {
      const { status, plain } = error;
      if (plain !== undefined) return { status, ...plain };
      const body = errorBody(error, marks);
      return stream && error.framed === true
        ? { status, contentType: house.streamType, body: `data: ${body}\n\n` }
        : { status, contentType: house.errorType(status), body };
    },
    headers: (marks) => house.headers(marks),
  };
}

function wholeBody(house: ChatHouse, answer: LabAnswer, ask: LabAsk, marks: Marks): JsonObject {
  const calls = answer.calls.map((call, index) => ({
    index,
    id: call.id,
    type: "function",
    function: { name: call.name, arguments: call.arguments },
  }));
  const text = answer.text.join("") + answer.lastWords;
  const message = {
    role: "assistant",
    content: calls.length > 0 && house.noTextBesideCalls ? null : text,
    ...(thinks(answer, ask) ? { reasoning_content: answer.reasoning.join("") } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  const choice = { index: 0, message, logprobs: null, finish_reason: answer.finish };
  return {
    ...common(house, "chat.completion", marks),
    choices: [choice],
    usage: house.usage(answer, ask),
  };
}

function thinks(answer: LabAnswer, ask: LabAsk): boolean {
  return ask.thinking || answer.reasoning.length > 0;
}

function common(house: ChatHouse, object: string, marks: Marks): JsonObject {
  return {
    id: `${house.idPrefix}${marks.requestId}`,
    object,
    created: Math.floor(marks.at / 1000),
    model: marks.model,
    ...house.extra,
  };
}

function chunksOf(
  house: ChatHouse,
  answer: LabAnswer,
  ask: LabAsk,
  marks: Marks,
): readonly Chunk[] {
  const base = common(house, "chat.completion.chunk", marks);
  const chunk = (kind: Chunk["kind"], delta: JsonObject, finish: string | null): Chunk => ({
    kind,
    data: {
      ...base,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
      ...(house.usageOnFinish || ask.includeUsage
        ? { usage: finish !== null && house.usageOnFinish ? house.usage(answer, ask) : null }
        : {}),
    },
  });
  const thinking = thinks(answer, ask);
  const first = thinking ? { content: null, reasoning_content: "" } : { content: "" };
  const noThought = house.pairedDeltas && thinking ? { reasoning_content: null } : {};
  const chunks = [
    chunk("role", { role: "assistant", ...first }, null),
    ...answer.reasoning.map((reasoning_content) =>
      chunk("reasoning", { content: null, reasoning_content }, null),
    ),
    ...answer.text.map((content) => chunk("text", { content, ...noThought }, null)),
    ...answer.calls.flatMap((call, index) =>
      fragmentsOf(house, call, index).map((piece) => chunk("call", { tool_calls: [piece] }, null)),
    ),
  ];
  if (house.emptyCallIds && answer.calls.length > 0) {
    // Recorded: vercel/ai, alibaba-tool-call.chunks.txt, a choice without any `finish_reason`.
    const piece = { index: answer.calls.length - 1, id: "", type: "function" };
    const delta = { tool_calls: [{ ...piece, function: { arguments: "" } }] };
    chunks.push({ kind: "role", data: { ...base, choices: [{ index: 0, delta }], usage: null } });
  }
  if (answer.finish !== null) {
    const said = answer.lastWords === "" ? {} : { content: answer.lastWords };
    const last = house.usageOnFinish ? { content: answer.lastWords, ...noThought } : said;
    chunks.push(chunk("finish", last, answer.finish));
  }
  if (ask.includeUsage && !house.usageOnFinish) {
    const data = { ...base, choices: [], usage: house.usage(answer, ask) };
    chunks.push({ kind: "usage", data });
  }
  return chunks;
}

function fragmentsOf(
  house: ChatHouse,
  call: LabAnswer["calls"][number],
  index: number,
): readonly JsonObject[] {
  const { id, name } = call;
  const half = Math.ceil(call.arguments.length / 2);
  const later = house.emptyCallIds ? { index, id: "", type: "function" } : { index };
  return [
    { index, id, type: "function", function: { name, arguments: "" } },
    { ...later, function: { arguments: call.arguments.slice(0, half) } },
    { ...later, function: { arguments: call.arguments.slice(half) } },
  ];
}

/** The usage block all houses share. */
export function chatUsage(answer: LabAnswer, ask: LabAsk): JsonObject {
  const { prompt, output, total, reasoning } = usageOf(answer);
  return {
    prompt_tokens: prompt,
    completion_tokens: output,
    total_tokens: total,
    ...(thinks(answer, ask) ? { completion_tokens_details: { reasoning_tokens: reasoning } } : {}),
    prompt_tokens_details: { cached_tokens: 0 },
  };
}
