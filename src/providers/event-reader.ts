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
  const sse = createSseReader();
  const decoder = new TextDecoder();
  let form: "unknown" | "body" | "stream" | "broken" = "unknown";
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
    if (form === "stream") return sse.feed(decoder.decode(bytes, { stream: true }));
    held.push(bytes);
    if (form === "body") return [];
    const head = held.length === 1 ? bytes : joined(held);
    form = formOf(head);
    // Blanks before the reply are how a vendor keeps a connection alive.
    if (form === "unknown") held = head.every((byte) => blanks.has(byte)) ? [] : [head];
    if (form !== "stream") return [];
    held = [];
    return sse.feed(decoder.decode(head, { stream: true }));
  }

  function close(): readonly WireEvent[] {
    const end: WireEvent = { type: "close" };
    if (form === "broken") return [end];
    if (form === "stream") return [...sse.feed(decoder.decode()), ...sse.flush(), end];
    return [{ type: "body", data: decoder.decode(joined(held)) }, end];
  }

  return { feed, close };
}

const fields = ["data:", "event:", "id:", "retry:", ":"].map((text) => [...Buffer.from(text)]);
const blanks = new Set([0x20, 0x09, 0x0a, 0x0d]);
const mark = [0xef, 0xbb, 0xbf];

function formOf(head: Uint8Array): "unknown" | "body" | "stream" {
  let start = 0;
  while (start < 3 && head[start] === mark[start]) start += 1;
  while (blanks.has(head[start] ?? -1)) start += 1;
  const left = head.length - start;
  if (left === 0) return "unknown";
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
