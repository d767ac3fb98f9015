import type { Chunk } from "./dialect.ts";

/** A part of a reply's body, and how long after the part before it it is sent. */
export type Frame = {
  readonly kind: Chunk["kind"] | "preface" | "body" | "mark" | "error";
  readonly afterMs: number;
  readonly text: string;
};

/** Whether a frame carries a piece of content. */
export function isContent({ kind }: Frame): boolean {
  return kind === "reasoning" || kind === "text" || kind === "call";
}
