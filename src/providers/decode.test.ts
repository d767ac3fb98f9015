import { describe, expect, test } from "vitest";
import { sampleProvider } from "../../test/samples.ts";
import type { Delta } from "../chat/delta.ts";
import type { Decoder, WireEvent } from "./codec.ts";
import { codecFor } from "./codecs.ts";

const context = { status: 200, headers: {}, at: 0, rules: [] };
const chat = (endpoint?: string): Decoder =>
  codecFor("openai_chat").decoder(
    sampleProvider("p", endpoint === undefined ? {} : { endpoint }),
    context,
  );
const native = (): Decoder =>
  codecFor("dashscope").decoder(
    sampleProvider("p", { protocol: "dashscope", vendor: "qwen" }),
    context,
  );

const event = (value: unknown): WireEvent => ({
  type: "event",
  name: null,
  data: typeof value === "string" ? value : JSON.stringify(value),
  status: null,
});
const chunk = (delta: unknown, reason: unknown = null, more: object = {}): WireEvent =>
  event({ choices: [{ index: 0, delta, finish_reason: reason }], ...more });
const body = (value: unknown): WireEvent => ({ type: "body", data: JSON.stringify(value) });
const close: WireEvent = { type: "close" };
const done = event("[DONE]");

function feed(decoder: Decoder, ...events: readonly WireEvent[]) {
  const deltas: Delta[] = [];
  const states = events.map((one) => {
    const fed = decoder.feed(one);
    deltas.push(...fed.deltas);
    return typeof fed.state === "string" ? fed.state : fed.state.kind;
  });
  return { deltas, states };
}

describe("OpenAI's format", () => {
  test("is complete at its mark and not before", () => {
    const { states } = feed(chat(), chunk({ content: "a" }), chunk({}, "stop"), done);
    expect(states).toEqual(["more", "more", "complete"]);
  });

  test("keeps a finish that a later chunk does not repeat", () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const { states, deltas } = feed(
      chat(),
      chunk({ content: "a" }, "length"),
      chunk({ content: "" }, null, { usage }),
      chunk({}, ""),
      event({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 5 } }),
      done,
    );
    expect(states.at(-1)).toBe("complete");
    expect(deltas.filter(({ type }) => type === "finish")).toEqual([
      { type: "finish", reason: "length" },
    ]);
    expect(deltas.at(-1)).toMatchObject({
      type: "usage",
      usage: { promptTokens: 1, completionTokens: 5, totalTokens: 3 },
    });
  });

  test("settles at a finish where the host sends no mark", () => {
    const events = [chunk({ content: "a" }), chunk({}, "stop"), close];
    const { states } = feed(chat("https://api.perplexity.ai/chat/completions"), ...events);
    expect(states).toEqual(["more", "settling", "complete"]);
    expect(feed(chat(), ...events).states.at(-1)).toBe("malformed");
  });

  test("stays as it ended", () => {
    const decoder = chat();
    feed(decoder, chunk({ content: "a" }, "stop"), done);
    expect(decoder.feed(chunk({ content: "b" }))).toEqual({ deltas: [], state: "complete" });
    expect(decoder.feed(close).state).toBe("complete");
  });

  test.each([
    ["no object", event("7")],
    ["broken", event('{"choices":[')],
    ["without choices", event({ id: "x" })],
    ["with choices of null", event({ choices: null })],
    ["with choices that are none", event({ choices: [7] })],
    ["with a delta that is none", event({ choices: [{ delta: "a" }] })],
    ["with content that is none", chunk({ content: 7 })],
    ["with tool calls that are none", chunk({ tool_calls: {} })],
    ["with a tool call that is none", chunk({ tool_calls: [{ function: "f" }] })],
    ["with arguments that are none", chunk({ tool_calls: [{ function: { arguments: 7 } }] })],
    ["with a finish nobody knows", chunk({ content: "a" }, "moonrise")],
    ["that cannot be read", { type: "unreadable", message: "Too large" } satisfies WireEvent],
  ])("takes a chunk %s for malformed", (_name, bad) => {
    expect(feed(chat(), chunk({ content: "a" }), bad).states).toEqual(["more", "malformed"]);
  });

  test("takes what is empty for malformed", () => {
    const ends = (...events: readonly WireEvent[]): string | undefined =>
      feed(chat(), ...events).states.at(-1);
    expect(ends(close)).toBe("malformed");
    expect(ends(done)).toBe("malformed");
    expect(ends(chunk({ content: "" }, "stop"), done)).toBe("malformed");
    expect(ends(chunk({ reasoning_content: "a" }, "stop"), done)).toBe("malformed");
    expect(ends(chunk({ content: "" }, "length"), done)).toBe("malformed");
    expect(ends(chunk({ content: "a" }, "tool_calls"), done)).toBe("malformed");
    expect(ends(body({ choices: [] }))).toBe("malformed");
    expect(ends(body({ choices: [{ message: { content: "a" }, finish_reason: null }] }))).toBe(
      "malformed",
    );
    expect(ends({ type: "body", data: " \n" })).toBe("malformed");
    expect(ends(chunk({ content: " " }, "stop"), done)).toBe("complete");
  });

  test("says an error of a stream with its own status", () => {
    const { states } = feed(chat(), chunk({}), {
      type: "event",
      name: "error",
      data: "Service gone",
      status: 503,
    });
    expect(states).toEqual(["more", "overloaded"]);
    const unknown = event({ error: { message: "?", code: "never_heard" } });
    expect(feed(chat(), unknown).states).toEqual(["server"]);
    const refused = event({ error: { message: "?", code: 418 } });
    expect(feed(chat(), refused).states).toEqual(["bad_request"]);
  });

  test("does not take an empty error for one", () => {
    const { states } = feed(
      chat(),
      chunk({ content: "a" }, "stop", { error: null, code: "" }),
      done,
    );
    expect(states.at(-1)).toBe("complete");
  });

  test("gives each piece of a call to its call", () => {
    const call = (fields: object): WireEvent => chunk({ tool_calls: [fields] });
    const { deltas } = feed(
      chat(),
      call({ id: "a", function: { name: "f", arguments: "{" } }),
      call({ id: "", function: { arguments: "}" } }),
      call({ id: "b", function: { name: "g", arguments: { x: 1 } } }),
      call({ index: 1, id: "", function: { arguments: "" } }),
    );
    expect(deltas).toEqual([
      { type: "tool-call", index: 0, id: "a", name: "f", arguments: "{" },
      { type: "tool-call", index: 0, arguments: "}" },
      { type: "tool-call", index: 1, id: "b", name: "g", arguments: '{"x":1}' },
    ]);
  });
});

describe("DashScope's own format", () => {
  const message = (content: string, reason: string): WireEvent =>
    event({
      output: { choices: [{ message: { content }, finish_reason: reason }] },
      request_id: "r",
    });

  test("settles at its finish, and is complete at the close", () => {
    const decoder = native();
    expect(decoder.requestId()).toBeNull();
    const { states } = feed(decoder, message("a", "null"), message("", "stop"), close);
    expect(states).toEqual(["more", "settling", "complete"]);
    expect(decoder.requestId()).toBe("r");
  });

  test("is cut where it closes before its finish", () => {
    expect(feed(native(), message("a", "null"), close).states).toEqual(["more", "malformed"]);
  });

  test("is malformed without output", () => {
    expect(feed(native(), event({ request_id: "r" })).states).toEqual(["malformed"]);
    expect(feed(native(), body({ output: {} })).states).toEqual(["malformed"]);
    expect(feed(native(), body({ output: { choices: [] } })).states).toEqual(["malformed"]);
  });

  test("names the exchange in its failures", () => {
    const decoder = native();
    feed(decoder, message("a", "null"));
    expect(decoder.feed(close).state).toMatchObject({ kind: "malformed", requestId: "r" });
  });
});
