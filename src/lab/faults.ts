import type { ErrorPlace, Fault, Place, WrongShape } from "./fault.ts";
import type { VendorError } from "./vendor-error.ts";

type StatusOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Seconds, or a date, for a `Retry-After` header. */
  readonly retryAfter?: number | string;
};

type ErrorOptions = {
  readonly at?: ErrorPlace;
  readonly nativeFrame?: boolean;
  readonly retryAfter?: number | string;
};

const simulated = '{"error":{"message":"(simulated) scripted status","type":null,"code":null}}';

/** Every fault the lab can play, by name. */
export const fault = {
  /** Nobody listens. On HTTP it stands until the script changes, or for `forMs`. */
  refused: (forMs?: number): Fault => ({
    type: "refused",
    ...(forMs === undefined ? {} : { forMs }),
  }),
  reset: (at: "before_head" | "after_head" = "before_head"): Fault => ({ type: "reset", at }),
  silent: (at: "before_head" | "after_head" = "before_head"): Fault => ({ type: "silent", at }),
  slowFirstByte: (delayMs: number): Fault => ({ type: "slow_first_byte", delayMs }),
  slowFirstDelta: (delayMs: number): Fault => ({ type: "slow_first_delta", delayMs }),
  /** Comments in a stream, blank lines in a whole body, for ever. */
  keepAlives: (everyMs = 1000): Fault => ({ type: "keep_alives", everyMs }),
  /** The right answer, spread over this time. */
  trickle: (totalMs: number): Fault => ({ type: "trickle", totalMs }),
  cut: (after: Place, end: "end" | "reset" = "end"): Fault => ({ type: "cut", after, end }),
  /** The connection stays open, and nothing more comes. */
  stall: (after: Place): Fault => ({ type: "stall", after }),
  noEnd: (without: "mark" | "finish" = "mark"): Fault => ({ type: "no_end", without }),
  blank: (body = ""): Fault => ({ type: "blank", body }),
  html: (status = 200): Fault => ({ type: "html", status }),
  malformed: (afterDeltas = 0): Fault => ({ type: "malformed", afterDeltas }),
  wrongShape: (shape: WrongShape): Fault => ({ type: "wrong_shape", shape }),
  emptyContent: (): Fault => ({ type: "empty_content" }),
  reasoningOnly: (): Fault => ({ type: "reasoning_only" }),
  /** Half the answer, finished with `length`. */
  length: (): Fault => ({ type: "finish", reason: "length", withText: true }),
  lengthWithoutText: (): Fault => ({ type: "finish", reason: "length", withText: false }),
  finish: (reason: string, options: { readonly withText?: boolean } = {}): Fault => ({
    type: "finish",
    reason,
    withText: options.withText ?? false,
  }),
  /** An error of the vendor's own, in the form the request came in. */
  error: (error: VendorError, options: ErrorOptions = {}): Fault => ({
    type: "error",
    error: { ...error, headers: { ...error.headers, ...waiting(options.retryAfter) } },
    at: options.at ?? "natural",
    ...(options.nativeFrame === undefined ? {} : { nativeFrame: options.nativeFrame }),
  }),
  /** Any status and body. */
  status: (status: number, options: StatusOptions = {}): Fault => ({
    type: "status",
    status,
    headers: {
      "content-type": "application/json",
      ...waiting(options.retryAfter),
      ...options.headers,
    },
    body: options.body ?? simulated,
  }),
} as const;

function waiting(retryAfter: number | string | undefined): Readonly<Record<string, string>> {
  return retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
}
