/** Why an answer ended, in one vocabulary for all vendors. */
export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter";

/** Tokens as the provider counted them; `null` where it did not say. */
export type Usage = {
  readonly promptTokens: number | null;
  /** Reasoning included. */
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly cachedTokens: number | null;
};

/** One piece of an answer. `usage` is cumulative: a later one replaces an earlier. */
export type Delta =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "reasoning"; readonly text: string }
  | { readonly type: "refusal"; readonly text: string }
  | {
      readonly type: "tool-call";
      /** The place of the call in the answer; fragments of one call share it. */
      readonly index: number;
      /** Given with a call's first fragment. */
      readonly id?: string;
      readonly name?: string;
      /** A fragment of the JSON text of the arguments. */
      readonly arguments: string;
    }
  | { readonly type: "usage"; readonly usage: Usage }
  | { readonly type: "finish"; readonly reason: FinishReason };

/** Whether a delta is content: what commits an answer and feeds its idle timer. */
export function isContent(delta: Delta): boolean {
  switch (delta.type) {
    case "text":
    case "reasoning":
    case "refusal":
      return delta.text !== "";
    case "tool-call":
      return true;
    case "usage":
    case "finish":
      return false;
  }
}
