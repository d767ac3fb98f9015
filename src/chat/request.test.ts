import { expect, test } from "vitest";
import { requestProblem } from "./request.ts";
import type { ChatRequest } from "./request.ts";

const user = { role: "user", content: "Hello" } as const;
const wrong = (request: unknown) => requestProblem(request as ChatRequest);

test.each<[string, unknown, RegExp]>([
  ["nothing", null, /must be an object/u],
  ["no messages", {}, /`messages` must be a list/u],
  ["an empty list", { messages: [] }, /at least one message/u],
  ["an empty prompt", { messages: [{ role: "user", content: "" }] }, /user's text is empty/u],
  ["a blank prompt", { messages: [{ role: "user", content: " \n" }] }, /user's text is empty/u],
  ["an unknown role", { messages: [{ role: "boss", content: "x" }] }, /unknown role "boss".*user/u],
  ["a message that is none", { messages: [user, "hello"] }, /messages\[1\]: .*object/u],
  ["no content", { messages: [{ role: "user" }] }, /`content` must be/u],
  ["no parts", { messages: [{ role: "user", content: [] }] }, /at least one part/u],
  ["a part without a type", { messages: [{ role: "user", content: [{}] }] }, /content\[0\]/u],
  ["an empty assistant", { messages: [{ role: "assistant", content: null }] }, /tool_calls/u],
  ["a model", { messages: [user], model: "gpt" }, /Remove `model`/u],
  ["a field in camel case", { messages: [user], topP: 1 }, /`topP`; did you mean `top_p`/u],
  ["a stream", { messages: [user], stream: true }, /Remove `stream`/u],
  ["two answers", { messages: [user], n: 2 }, /`n` must be 1/u],
  ["no tokens", { messages: [user], max_tokens: 0 }, /whole number above 0/u],
  ["half a token", { messages: [user], max_completion_tokens: 1.5 }, /whole number above 0/u],
  ["a hot temperature", { messages: [user], temperature: 3 }, /between 0 and 2/u],
  ["a word for a temperature", { messages: [user], temperature: "hot" }, /between 0 and 2/u],
])("%s is refused in plain words", (_, request, message) => {
  expect(wrong(request)).toMatch(message);
});

test.each<[string, unknown]>([
  ["plain text", { messages: [user] }],
  ["parts", { messages: [{ role: "user", content: [{ type: "text", text: "x" }] }] }],
  ["null for none", { messages: [user], max_tokens: null, temperature: null }],
  ["unknown fields", { messages: [user], anything: { at: "all" } }],
  ["a lone surrogate", { messages: [{ role: "user", content: "\ud800" }] }],
  [
    "a tool's turn",
    {
      messages: [
        user,
        { role: "assistant", content: null, tool_calls: [{ id: "1" }] },
        { role: "tool", tool_call_id: "1", content: "42" },
      ],
    },
  ],
])("%s is taken", (_, request) => {
  expect(wrong(request)).toBeNull();
});
