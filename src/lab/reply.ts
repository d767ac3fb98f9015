/** Bytes, and how long after the piece before them (or the head) they are sent. */
export type Piece = { readonly afterMs: number; readonly bytes: Uint8Array };

/** How the connection goes on after the last piece. */
export type ReplyEnd = "end" | "reset" | "hang";

/** What a simulated provider does with one request, as timed bytes. */
export type LabReply =
  /** Nobody listens. */
  | { readonly type: "refused" }
  /** The connection is reset before a head was sent. */
  | { readonly type: "reset" }
  /** The request is read, and nothing ever comes. */
  | { readonly type: "silent" }
  | {
      readonly type: "reply";
      readonly headAfterMs: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** May be without end. */
      readonly pieces: Iterable<Piece>;
      readonly end: ReplyEnd;
    };
