import type { ChatRequest } from "../chat/request.ts";
import type { Delta } from "../chat/delta.ts";
import type { Failure } from "../failure.ts";
import type { FailureRule, Provider } from "../snapshot.ts";

/** What arrives from a provider, one piece at a time, whatever carried it. */
export type WireEvent =
  /** A whole body that is not a stream. */
  | { readonly type: "body"; readonly data: string }
  /** One event of a stream; `status` where the vendor put one beside it. */
  | {
      readonly type: "event";
      readonly name: string | null;
      readonly data: string;
      readonly status: number | null;
    }
  /** The rest of the body cannot be read, for the reason that `message` gives. */
  | { readonly type: "unreadable"; readonly message: string }
  /** The body ended. */
  | { readonly type: "close" };

/** A request as it will be sent. */
export type Encoded = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether a stream was asked for on the wire. */
  readonly stream: boolean;
  /** What the target cannot take: mapped or dropped, a sentence each. */
  readonly adaptations: readonly string[];
};

/** The head of the reply a decoder works under. */
export type DecoderContext = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch milliseconds at which the head arrived: stated times count from here. */
  readonly at: number;
  readonly rules: readonly FailureRule[];
};

/**
 * `more`: go on reading. `settling`: everything was said, but the vendor has no mark of its own
 * for the end; complete at the close or after two seconds of quiet. `complete`: stop reading.
 */
export type Fed = {
  readonly deltas: readonly Delta[];
  readonly state: "more" | "settling" | "complete" | Failure;
};

/** Turns one reply's events into deltas; one is made for each attempt. */
export type Decoder = {
  feed(event: WireEvent): Fed;
  /** The vendor's name for the exchange, as far as it is known by now. */
  requestId(): string | null;
};

/** How one wire format is spoken. Knows no timers, no retries, no transport. */
export type Codec = {
  /** A failure (kind `bad_request`) where the target cannot be asked this at all. */
  encode(request: ChatRequest, provider: Provider, stream: boolean): Encoded | Failure;
  decoder(provider: Provider, context: DecoderContext): Decoder;
  /** Whether `encode` takes messages that hold images for this provider. */
  takesImages(provider: Provider): boolean;
};
