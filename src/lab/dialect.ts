import type { LabAnswer } from "./answer.ts";
import type { LabAsk } from "./ask.ts";
import type { JsonObject } from "./json.ts";
import type { VendorError } from "./vendor-error.ts";

/** What one exchange is known by. */
export type Marks = {
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly model: string;
};

/** One event of a stream before it is framed. */
export type Chunk = {
  readonly kind: "role" | "reasoning" | "text" | "call" | "finish" | "usage";
  readonly data: JsonObject;
};

type ErrorReply = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
};

/** One wire format: how an answer and an error look in it. */
export type Dialect = {
  readonly form: "native" | "multimodal" | "compatible" | "chat";
  readonly contentType: { readonly whole: string; readonly stream: string };
  /** Sent while there is nothing to say. */
  readonly keepAlive: { readonly whole: string; readonly stream: string };
  /** Whether a keep-alive goes before every answer. */
  readonly prefaced: boolean;
  /** After the last event. */
  readonly endMark: string | null;
  whole(answer: LabAnswer, ask: LabAsk, marks: Marks): JsonObject;
  chunks(answer: LabAnswer, ask: LabAsk, marks: Marks): readonly Chunk[];
  /** The event's text; `number` counts from 1. */
  frame(data: JsonObject, number: number): string;
  errorBody(error: VendorError, marks: Marks): string;
  /** An error in the middle of a stream. */
  errorFrame(error: VendorError, marks: Marks, number: number): string;
  /** An error in place of an answer. */
  errorReply(error: VendorError, stream: boolean, marks: Marks): ErrorReply;
  headers(marks: Marks): Readonly<Record<string, string>>;
};

/** What a vendor made of a request. */
export type Received = {
  readonly dialect: Dialect;
  /** As far as it could be read. */
  readonly stream: boolean;
  readonly result: { readonly ask: LabAsk } | { readonly error: VendorError };
};
