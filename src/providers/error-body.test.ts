import { expect, test } from "vitest";
import { readErrorBody } from "./error-body.ts";

const message = "Something happened.";

test.each([
  ["as OpenAI", { error: { message, type: "t", param: null, code: "c" } }, ["c", "t"]],
  ["as a text", { error: message }, []],
  ["flat, as DashScope", { code: "C", message, request_id: "r" }, ["C"]],
  ["flat, as vLLM once", { object: "error", message, type: "t", code: 400 }, ["400", "t"]],
  ["as a detail", { detail: message }, []],
  ["as a list of details", { detail: [{ loc: ["body"], msg: message }] }, []],
  ["as a list", [{ error: { code: 400, message } }], ["400"]],
  ["with a code beside it", { code: "c", error: message }, ["c"]],
  [
    "nested in a text",
    { code: "C", message: JSON.stringify({ error: { code: "D", message } }) },
    ["C", "D"],
  ],
  ["as a text alone", message, []],
])("an error %s is read", (_name, body, codes) => {
  expect(readErrorBody(JSON.stringify(body))).toMatchObject({ message, codes });
});

test("a body framed as a stream is read, with its status", () => {
  expect(readErrorBody(`data: {"error":{"code":"c","message":"${message}"}}\n\n`)).toMatchObject({
    codes: ["c"],
    message,
    status: null,
  });
  const native = `id:1\nevent:error\n:HTTP_STATUS/400\ndata:{"code":"C","message":"${message}"}`;
  expect(readErrorBody(native)).toMatchObject({ codes: ["C"], message, status: 400 });
});

test("a wrapper in the message gives its status and code", () => {
  const wrapped = { code: "x", message: `<429> InternalError.Algo: ${message}` };
  expect(readErrorBody(JSON.stringify(wrapped))).toMatchObject({
    codes: ["x", "InternalError.Algo"],
    status: 429,
    message,
  });
  expect(readErrorBody(`<400> ${message}`)).toMatchObject({ status: 400, message });
});

test("a status may stand in the body in several ways", () => {
  expect(readErrorBody('{"error":{"message":"x","status_code":503}}').status).toBe(503);
  expect(readErrorBody('{"error":{"message":"x","code":502}}').status).toBe(502);
  expect(readErrorBody('{"error":{"message":"x","code":"429"}}').status).toBe(429);
  expect(readErrorBody('{"error":{"message":"x","code":"20012"}}').status).toBeNull();
});

test("what is no error of anybody's own says its form", () => {
  expect(readErrorBody("").form).toBe("empty");
  expect(readErrorBody(" \n").form).toBe("empty");
  expect(readErrorBody("[]").form).toBe("empty");
  expect(readErrorBody("<!doctype html><title>x</title>").form).toBe("html");
  expect(readErrorBody("Bad Gateway")).toMatchObject({ form: "text", message: "Bad Gateway" });
  expect(readErrorBody('{"error":{"message":"cut of').form).toBe("text");
});

test("nothing is too deep or too strange to be read", () => {
  const deep = Array.from({ length: 40 }).reduce<unknown>((inner) => ({ message: inner }), "x");
  for (const body of [
    "null",
    "7",
    "true",
    "{}",
    "[[[[[[]]]]]]",
    JSON.stringify(deep),
    '{"error":{}}',
  ]) {
    expect(() => readErrorBody(body)).not.toThrow();
  }
});
