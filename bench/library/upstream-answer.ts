import type { ServerResponse } from "node:http";

/** How many chunks of content a stream has. */
export const streamChunks = 1_000;

const about = { id: "chatcmpl-9f3c1d27b8", created: 1_790_000_000, model: "bench-model" } as const;

/** The text of the whole answer to a question; no other question has the same. */
export function answerText(question: string): string {
  return `The answer to ${question} stands here: ${"a few plain words and ".repeat(9)}an end.`;
}

/** The text of the streamed answer to a question, all chunks joined. */
export function streamText(question: string): string {
  return `${question}:${tailTexts.join("")}`;
}

const tailTexts = Array.from({ length: streamChunks - 1 }, (_, index) => ` word ${index + 2}`);
const tail = Buffer.from(
  [
    ...tailTexts.map((content) => chunk({ content }, null)),
    chunk({}, "stop"),
    event({ ...streamed([]), usage: usage(streamChunks) }),
    "data: [DONE]\n\n",
  ].join(""),
);

/** Answers a question whole, about 600 bytes in OpenAI's shape. */
export function writeAnswer(response: ServerResponse, question: string): void {
  const message = { role: "assistant", content: answerText(question), refusal: null };
  const choice = { index: 0, message, logprobs: null, finish_reason: "stop" };
  const body = { ...about, object: "chat.completion", choices: [choice], usage: usage(60) };
  writeJson(response, 200, body);
}

/** Answers a question as a stream in OpenAI's shape, all of it handed over at once. */
export function writeStream(response: ServerResponse, question: string): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  response.write(chunk({ role: "assistant", content: `${question}:` }, null));
  response.end(tail);
}

/** Refuses, as a provider does that is unwell. */
export function writeFailure(response: ServerResponse): void {
  const message = "The server had an error while processing your request.";
  writeJson(response, 500, { error: { message, type: "server_error", param: null, code: null } });
}

function writeJson(response: ServerResponse, status: number, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body));
  const headers = { "content-type": "application/json", "content-length": bytes.length };
  response.writeHead(status, headers).end(bytes);
}

function usage(completion: number): object {
  return { prompt_tokens: 20, completion_tokens: completion, total_tokens: 20 + completion };
}

function streamed(choices: readonly object[]): object {
  return { ...about, object: "chat.completion.chunk", choices };
}

function chunk(delta: object, finish: string | null): string {
  return event(streamed([{ index: 0, delta, logprobs: null, finish_reason: finish }]));
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
