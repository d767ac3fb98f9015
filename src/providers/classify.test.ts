import { describe, expect, test } from "vitest";
import type { FailureRule } from "../snapshot.ts";
import { classify, classifyTransport } from "./classify.ts";

const at = Date.parse("2026-11-22T12:00:00Z");
const none: FailureRule = { vendor: null, status: null, code: null, message: null, kind: "server" };

function wait(headers: Record<string, string>, message = "x", status = 429): number | undefined {
  const body = JSON.stringify({ error: { message } });
  return classify("openai", { status, headers, body, at }, []).retryAfterMs;
}

describe("a stated wait", () => {
  test("is read in milliseconds, in seconds or as a date", () => {
    expect(wait({ "retry-after-ms": "1500", "retry-after": "9" })).toBe(1_500);
    expect(wait({ "retry-after": "2" })).toBe(2_000);
    expect(wait({ "retry-after": "0.5" })).toBe(500);
    expect(wait({ "retry-after": "Sun, 22 Nov 2026 12:00:30 GMT" })).toBe(30_000);
  });

  test("is ignored when it is none", () => {
    expect(wait({ "retry-after-ms": "0", "retry-after": "1" })).toBe(1_000);
    for (const value of ["0", "-1", "", "soon", "Sun, 22 Nov 2026 11:00:00 GMT"]) {
      expect(wait({ "retry-after": value })).toBeUndefined();
    }
    expect(wait({ "retry-after": "5" }, "x", 400)).toBeUndefined();
  });

  test("is at most a day", () => {
    expect(wait({ "retry-after": "999999" })).toBe(86_400_000);
  });

  test("can stand in the message, as the next such moment", () => {
    const say = (moment: string): number | undefined =>
      classify(
        "qwen",
        {
          status: 429,
          headers: {},
          body: `{"message":"The quota will reset at ${moment} UTC."}`,
          at,
        },
        [],
      ).retryAfterMs;
    expect(say("11-22 13:00:00")).toBe(3_600_000);
    expect(say("01-01 00:00:00")).toBe(86_400_000);
    expect(say("2026-11-22 12:00:01")).toBe(1_000);
    // It has just passed: nothing to wait for, and no year.
    expect(say("11-22 11:59:00")).toBeUndefined();
  });
});

describe("an operator's rule", () => {
  const body = JSON.stringify({ error: { message: "Daily cap reached", code: "Cap" } });
  const kind = (rule: Partial<FailureRule>): string =>
    classify("openai", { status: 400, headers: {}, body, at }, [{ ...none, ...rule }]).kind;

  test("comes before every table", () => {
    expect(kind({ code: "cap", kind: "quota" })).toBe("quota");
    expect(kind({ message: "daily CAP", kind: "quota" })).toBe("quota");
    expect(kind({ status: 400, vendor: "openai", kind: "quota" })).toBe("quota");
  });

  test("counts only when all of it fits", () => {
    expect(kind({ code: "ca", kind: "quota" })).toBe("bad_request");
    expect(kind({ code: "cap", vendor: "qwen", kind: "quota" })).toBe("bad_request");
    expect(kind({ code: "cap", status: 429, kind: "quota" })).toBe("bad_request");
  });
});

describe("the message", () => {
  const say = (message: string, status = 400): string =>
    classify(
      "openai",
      { status, headers: {}, body: JSON.stringify({ error: { message } }), at },
      [],
    ).message;

  test("quotes the vendor in short", () => {
    expect(say("Bad parameter")).toContain('("Bad parameter")');
    const long = say("word ".repeat(500));
    expect(long).toContain("…");
    expect(long.length).toBeLessThan(320);
  });

  test("never holds what looks like a key", () => {
    for (const key of [
      "sk-test-abcdef123456",
      "Bearer abc.def",
      "0123456789abcdef0123456789abcdef",
      "123e4567-e89b-12d3-a456-426614174000",
    ]) {
      expect(say(`You sent ${key} here`)).not.toContain(key);
      expect(say(`You sent ${key} here`)).toContain("***");
    }
    expect(say("The model `qwen3-235b-a22b-instruct-2507` is slow")).toContain("instruct-2507");
  });

  test("never quotes a refusal of a key", () => {
    expect(say("Your api key: abcd is invalid", 401)).not.toContain("abcd");
  });

  test("never quotes a web page", () => {
    const page = "<html><body>secret</body></html>";
    const { message } = classify("openai", { status: 502, headers: {}, body: page, at }, []);
    expect(message).not.toContain("secret");
  });
});

test("the vendor's name for the exchange comes from the body, else from a header", () => {
  const reply = { status: 400, headers: { "x-request-id": "h" }, at };
  expect(classify("qwen", { ...reply, body: '{"code":"c","request_id":"b"}' }, []).requestId).toBe(
    "b",
  );
  expect(classify("qwen", { ...reply, body: "" }, []).requestId).toBe("h");
});

describe("an error of the transport", () => {
  const coded = (code: string, cause?: unknown): Error =>
    Object.assign(new Error("secret words", { cause }), { code });

  test.each([
    ["ENOTFOUND", "network"],
    ["EAI_AGAIN", "network"],
    ["ECONNREFUSED", "network"],
    ["ECONNRESET", "network"],
    ["EPIPE", "network"],
    ["EHOSTUNREACH", "network"],
    ["ENETUNREACH", "network"],
    ["UND_ERR_SOCKET", "network"],
    ["CERT_HAS_EXPIRED", "network"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "network"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "network"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "network"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "network"],
    ["EPROTO", "network"],
    ["HPE_INVALID_CONSTANT", "network"],
    ["ETIMEDOUT", "timeout"],
    ["UND_ERR_CONNECT_TIMEOUT", "timeout"],
    ["UND_ERR_HEADERS_TIMEOUT", "timeout"],
    ["UND_ERR_BODY_TIMEOUT", "timeout"],
    ["UND_ERR_INVALID_ARG", "bad_request"],
    ["ERR_INVALID_CHAR", "bad_request"],
    ["Z_DATA_ERROR", "malformed"],
    ["UND_ERR_ABORTED", "aborted"],
  ])("%s is %s", (code, kind) => {
    const failure = classifyTransport(coded(code));
    expect(failure.kind).toBe(kind);
    expect(failure.message).not.toContain("secret");
  });

  test("is looked for among its causes, four deep", () => {
    const nest = (depth: number): Error =>
      depth === 0 ? coded("ETIMEDOUT") : new Error("outer", { cause: nest(depth - 1) });
    expect(classifyTransport(nest(4)).kind).toBe("timeout");
    expect(classifyTransport(nest(5)).kind).toBe("network");
    expect(classifyTransport(new AggregateError([coded("ECONNREFUSED")])).code).toBe(
      "ECONNREFUSED",
    );
  });

  test("is the network's where nothing is known of it", () => {
    expect(classifyTransport(new TypeError("terminated")).message).toContain("closed");
    for (const thrown of [undefined, null, "x", 7, {}]) {
      expect(classifyTransport(thrown).kind).toBe("network");
    }
  });

  test("may be circular", () => {
    const error = coded("X");
    error.cause = error;
    expect(classifyTransport(error).kind).toBe("network");
  });
});
