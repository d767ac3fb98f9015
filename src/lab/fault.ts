import type { VendorError } from "./vendor-error.ts";

/** Where in a reply something happens. */
export type Place =
  | { readonly bytes: number }
  /** Pieces of content: of thought, text or tool calls. A whole body is cut in its middle. */
  | { readonly deltas: number };

/** In what guise an error comes. */
export type ErrorPlace =
  /** As the vendor itself would: a status; native streams have an event under a 200. */
  | "natural"
  /** A status and a plain body, even on a stream. */
  | "status"
  /** A whole body under a 200. */
  | "in_200"
  /** The first event of a stream that began well. */
  | "first_event"
  /** After so many pieces of content. */
  | { readonly deltas: number };

/** Bodies that are JSON, but not an answer. */
export type WrongShape =
  | "choices_null"
  | "choices_empty"
  | "choices_missing"
  | "content_null"
  | "message_missing"
  | "list_body"
  | "text_body";

/** One thing that goes wrong with one request. */
export type Fault =
  /** Nobody listens. */
  | { readonly type: "refused"; readonly forMs?: number }
  | { readonly type: "reset"; readonly at: "before_head" | "after_head" }
  | { readonly type: "silent"; readonly at: "before_head" | "after_head" }
  | { readonly type: "slow_first_byte"; readonly delayMs: number }
  | { readonly type: "slow_first_delta"; readonly delayMs: number }
  | { readonly type: "keep_alives"; readonly everyMs: number }
  | { readonly type: "trickle"; readonly totalMs: number }
  | { readonly type: "cut"; readonly after: Place; readonly end: "end" | "reset" }
  | { readonly type: "stall"; readonly after: Place }
  /** `mark`: the last sign of the end is missing. `finish`: so is the reason before it. */
  | { readonly type: "no_end"; readonly without: "mark" | "finish" }
  | { readonly type: "blank"; readonly body: string }
  | { readonly type: "html"; readonly status: number }
  | { readonly type: "malformed"; readonly afterDeltas: number }
  | { readonly type: "wrong_shape"; readonly shape: WrongShape }
  | { readonly type: "empty_content" }
  | { readonly type: "reasoning_only" }
  /** Ends with this reason; without text it comes before any content. */
  | { readonly type: "finish"; readonly reason: string; readonly withText: boolean }
  | {
      readonly type: "error";
      readonly error: VendorError;
      readonly at: ErrorPlace;
      /** DashScope's compatible streams: as an event of the native format. */
      readonly nativeFrame?: boolean;
    }
  /** Status, headers and body as they are written here. */
  | {
      readonly type: "status";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };
