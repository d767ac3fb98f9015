import { expect, test } from "vitest";
import type { WireEvent } from "./codec.ts";
import { createEventReader, replyMaxBytes } from "./event-reader.ts";
import { eventMaxCharacters } from "./sse.ts";

function read(...pieces: readonly (string | Uint8Array)[]): readonly WireEvent[] {
  const reader = createEventReader();
  const events = pieces.flatMap((piece) => reader.feed(Buffer.from(piece)));
  const end = reader.close();
  expect(end.at(-1)).toEqual({ type: "close" });
  return [...events, ...end.slice(0, -1)];
}

const event = (data: string, name: string | null = null, status: number | null = null) =>
  ({ type: "event", name, data, status }) as const;

test("a body that is no stream comes whole", () => {
  for (const body of ['{"a":1}', "[1]", '"text"', "<html>", "Internal error", "\n\n {}"]) {
    expect(read(body)).toEqual([{ type: "body", data: body }]);
  }
  expect(read('{"a', '":1}')).toEqual([{ type: "body", data: '{"a":1}' }]);
});

test("an empty or blank body comes as an empty one", () => {
  expect(read()).toEqual([{ type: "body", data: "" }]);
  expect(read("\n", "\n", "  ")).toEqual([{ type: "body", data: "" }]);
});

test("a stream is one whatever was asked for", () => {
  expect(read("data: a\n\n")).toEqual([event("a")]);
  expect(read("da", "ta:a\n", "\n")).toEqual([event("a")]);
  expect(read("\n\nid:1\nevent:result\ndata:a\n\n")).toEqual([event("a", "result")]);
  expect(read(": keep-alive\n\n")).toEqual([]);
  expect(read("dat")).toEqual([{ type: "body", data: "dat" }]);
});

test("lines may end in any way, and a mark may stand before them", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    expect(read(`\uFEFFdata: a${end}${end}data: b${end}${end}`)).toEqual([event("a"), event("b")]);
  }
  expect(read("\uFEFF{}")).toEqual([{ type: "body", data: "{}" }]);
});

test("the last event needs no blank line", () => {
  for (const end of ["", "\n", "\r\n", "\r"]) expect(read(`data: a${end}`)).toEqual([event("a")]);
});

test("a status in a comment belongs to the next event alone", () => {
  const text = ":HTTP_STATUS/429 TOO_MANY_REQUESTS\nevent:error\ndata:x\n\ndata:y\n\n";
  expect(read(text)).toEqual([event("x", "error", 429), event("y")]);
});

test("characters may be cut anywhere", () => {
  const bytes = Buffer.from("data: Grüße 🌿 杭州\n\n");
  for (let at = 1; at < bytes.length; at += 1) {
    expect(read(bytes.subarray(0, at), bytes.subarray(at))).toEqual([event("Grüße 🌿 杭州")]);
  }
});

test("an event without end is given up", () => {
  const reader = createEventReader();
  const piece = Buffer.from("x".repeat(1024 * 1024));
  const events = [...reader.feed(Buffer.from("data: "))];
  for (let size = 0; size <= eventMaxCharacters; size += piece.length) {
    events.push(...reader.feed(piece));
  }
  expect(events).toEqual([{ type: "unreadable", message: expect.stringContaining("8 MiB") }]);
  expect(reader.feed(Buffer.from("\n\ndata: y\n\n"))).toEqual([]);
});

test("a body without end is given up", () => {
  const reader = createEventReader();
  const piece = new Uint8Array(8 * 1024 * 1024).fill(0x20);
  const events = [...reader.feed(Buffer.from("{"))];
  for (let size = 0; size <= replyMaxBytes; size += piece.length)
    events.push(...reader.feed(piece));
  expect(events).toEqual([{ type: "unreadable", message: expect.stringContaining("64 MiB") }]);
  expect(reader.close()).toEqual([{ type: "close" }]);
});
