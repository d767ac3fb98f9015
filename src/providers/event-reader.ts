import type { WireEvent } from "./codec.ts";
import { createSseReader } from "./sse.ts";

/** How many bytes of one reply are read at most. */
export const replyMaxBytes = 64 * 1024 * 1024;

/** Turns the bytes of one reply into events, whole body or stream, whatever was asked for. */
export type EventReader = {
  feed(bytes: Uint8Array): readonly WireEvent[];
  /** What was still held back, and the close. */
  close(): readonly WireEvent[];
};

/** A reader of one reply, which finds out by its first characters whether it is a stream. */
export function createEventReader(): EventReader {
  let form: "unknown" | "body" | "broken" | Stream = "unknown";
  let held: Uint8Array[] = [];
  let size = 0;

  function feed(bytes: Uint8Array): readonly WireEvent[] {
    if (form === "broken") return [];
    size += bytes.length;
    if (size > replyMaxBytes) {
      form = "broken";
      held = [];
      return [{ type: "unreadable", message: "The reply is larger than 64 MiB" }];
    }
    if (typeof form === "object") return form.feed(bytes);
    held.push(bytes);
    if (form === "body") return [];
    const head = held.length === 1 ? bytes : joined(held);
    const found = formOf(head);
    if (found === "stream") {
      held = [];
      form = createStream();
      return form.feed(head);
    }
    form = found;
    // Blanks before the reply are how a vendor keeps a connection alive.
    if (form === "unknown") held = head.every((byte) => blanks.has(byte)) ? [] : [head];
    return [];
  }

  function close(): readonly WireEvent[] {
    const end: WireEvent = { type: "close" };
    if (form === "broken") return [end];
    if (typeof form === "object") return [...form.flush(), end];
    return [{ type: "body", data: wholeText.decode(joined(held)) }, end];
  }

  return { feed, close };
}

// One for all: without `stream` it keeps nothing from one text to the next.
const wholeText = new TextDecoder();

type Stream = ReturnType<typeof createStream>;

function createStream() {
  const sse = createSseReader();
  const decoder = new TextDecoder();
  return {
    feed: (bytes: Uint8Array) => sse.feed(decoder.decode(bytes, { stream: true })),
    flush: () => [...sse.feed(decoder.decode()), ...sse.flush()],
  };
}

const fields = ["data:", "event:", "id:", "retry:", ":"].map((text) => [...Buffer.from(text)]);
const blanks = new Set([0x20, 0x09, 0x0a, 0x0d]);
const brace = 0x7b;
const mark = [0xef, 0xbb, 0xbf];

function formOf(head: Uint8Array): "unknown" | "body" | "stream" {
  let start = 0;
  while (start < 3 && head[start] === mark[start]) start += 1;
  while (blanks.has(head[start] ?? -1)) start += 1;
  const left = head.length - start;
  if (left === 0) return "unknown";
  if (head[start] === brace) return "body";
  for (const field of fields) {
    const count = Math.min(field.length, left);
    if (field.slice(0, count).every((byte, index) => head[start + index] === byte)) {
      return count === field.length ? "stream" : "unknown";
    }
  }
  return "body";
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
}
