import { nativeDialect } from "./native-dialect.ts";
import type { Dialect, Marks } from "./dialect.ts";
import type { Fault, Place } from "./fault.ts";
import { isContent, type Frame } from "./frame.ts";
import type { Piece, ReplyEnd } from "./reply.ts";

/** A body as timed bytes, and what the connection does after it. */
export type Body = { readonly pieces: Iterable<Piece>; readonly end: ReplyEnd };

/** The body as it comes over the wire when this goes wrong. */
export function spoilFrames(
  frames: readonly Frame[],
  fault: Fault | null,
  dialect: Dialect,
  stream: boolean,
  marks: Marks,
): Body {
  const all = toPieces(frames);
  if (fault === null) return { pieces: all, end: "end" };
  switch (fault.type) {
    case "reset":
      return { pieces: [], end: "reset" };
    case "silent":
      return { pieces: [], end: "hang" };
    case "blank":
      return { pieces: toPieces([{ kind: "body", afterMs: 0, text: fault.body }]), end: "end" };
    case "keep_alives": {
      const text = stream ? dialect.keepAlive.stream : dialect.keepAlive.whole;
      return { pieces: forEver(text, fault.everyMs), end: "hang" };
    }
    case "trickle":
      return { pieces: spread(all, fault.totalMs), end: "end" };
    case "slow_first_delta":
      return { pieces: toPieces(delayed(frames, fault.delayMs)), end: "end" };
    case "cut":
      return { pieces: upTo(frames, fault.after), end: fault.end };
    case "stall":
      return { pieces: upTo(frames, fault.after), end: "hang" };
    case "no_end":
      return { pieces: toPieces(withoutEnd(frames, fault.without, dialect)), end: "end" };
    case "malformed":
      return { pieces: toPieces(broken(frames, fault.afterDeltas)), end: "end" };
    case "error": {
      const deltas = typeof fault.at === "object" ? fault.at.deltas : 0;
      return { pieces: toPieces(interrupted(frames, fault, deltas, dialect, marks)), end: "end" };
    }
    case "empty_content":
    case "finish":
    case "html":
    case "reasoning_only":
    case "refused":
    case "slow_first_byte":
    case "status":
    case "wrong_shape":
      return { pieces: all, end: "end" };
  }
}

function toPieces(frames: readonly Frame[]): readonly Piece[] {
  const encoder = new TextEncoder();
  return frames
    .filter(({ text }) => text !== "")
    .map(({ afterMs, text }) => ({ afterMs, bytes: encoder.encode(text) }));
}

function* forEver(text: string, everyMs: number): Generator<Piece> {
  const bytes = new TextEncoder().encode(text);
  for (;;) yield { afterMs: Math.max(1, everyMs), bytes };
}

const slices = 50;

function spread(all: readonly Piece[], totalMs: number): readonly Piece[] {
  const bytes = joined(all);
  const count = Math.min(slices, bytes.length);
  return Array.from({ length: count }, (_, index) => ({
    afterMs: totalMs / count,
    bytes: bytes.slice(
      Math.floor((index * bytes.length) / count),
      Math.floor(((index + 1) * bytes.length) / count),
    ),
  }));
}

function joined(all: readonly Piece[]): Uint8Array {
  return Uint8Array.from(all.flatMap(({ bytes }) => [...bytes]));
}

function delayed(frames: readonly Frame[], delayMs: number): readonly Frame[] {
  const first = frames.findIndex((frame) => isContent(frame) || frame.kind === "body");
  return frames.map((frame, index) => (index === first ? { ...frame, afterMs: delayMs } : frame));
}

/** The frames through the so-manieth with content; of a whole body, half. */
function upTo(frames: readonly Frame[], place: Place): readonly Piece[] {
  if ("bytes" in place) return firstBytes(toPieces(frames), place.bytes);
  const body = frames.findIndex(({ kind }) => kind === "body");
  if (body < 0) return toPieces(frames.slice(0, afterDeltas(frames, place.deltas)));
  const whole = toPieces(frames);
  return firstBytes(whole, Math.floor(whole.reduce((sum, { bytes }) => sum + bytes.length, 0) / 2));
}

function firstBytes(all: readonly Piece[], count: number): readonly Piece[] {
  const kept: Piece[] = [];
  let left = count;
  for (const { afterMs, bytes } of all) {
    if (left <= 0) break;
    kept.push({ afterMs, bytes: bytes.slice(0, left) });
    left -= bytes.length;
  }
  return kept;
}

/** How many frames stand before the content that follows so many deltas. */
function afterDeltas(frames: readonly Frame[], deltas: number): number {
  let seen = 0;
  for (const [index, frame] of frames.entries()) {
    const ends = ["finish", "usage", "mark"].includes(frame.kind);
    if (ends || (isContent(frame) && seen === deltas)) return index;
    if (isContent(frame)) seen += 1;
  }
  return frames.length;
}

function withoutEnd(
  frames: readonly Frame[],
  without: "mark" | "finish",
  dialect: Dialect,
): readonly Frame[] {
  if (dialect.endMark === null) return frames.filter(({ kind }) => kind !== "finish");
  return without === "finish" ? frames : frames.filter(({ kind }) => kind !== "mark");
}

function broken(frames: readonly Frame[], deltas: number): readonly Frame[] {
  const body = frames.find(({ kind }) => kind === "body");
  if (body !== undefined) return [{ ...body, text: `${body.text.slice(0, -4)}}}}` }];
  const at = afterDeltas(frames, deltas);
  const text = frames[at]?.text ?? "";
  const spoilt: Frame = { kind: "error", afterMs: 0, text: `${text.trimEnd().slice(0, -6)}\n\n` };
  return [...frames.slice(0, at), spoilt, ...frames.slice(at + 1)];
}

const native = nativeDialect("native");

function interrupted(
  frames: readonly Frame[],
  fault: Extract<Fault, { type: "error" }>,
  deltas: number,
  dialect: Dialect,
  marks: Marks,
): readonly Frame[] {
  const at = deltas === 0 ? 0 : afterDeltas(frames, deltas);
  const speaker = fault.nativeFrame === true ? native : dialect;
  const text = speaker.errorFrame(fault.error, marks, at + 1);
  return [...frames.slice(0, at), { kind: "error", afterMs: 0, text }];
}
