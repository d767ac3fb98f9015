import type { Delta, FinishReason } from "../chat/delta.ts";
import type { Failure } from "../failure.ts";
import type { Vendor } from "../snapshot.ts";
import type { Finish } from "./failure-row.ts";
import { readFinish } from "./finish.ts";
import { malformed } from "./malformed.ts";
import { sayFailure } from "./wording.ts";

/** What ends a stream: a mark of its own, or the close after the finish. */
export type EndMark = "done" | "close";

/** Keeps account of how far an answer is, and judges whether it is complete. */
export type Ending = {
  /** Notes the pieces of the answer from a place on. */
  see(deltas: readonly Delta[], from: number): void;
  /** Notes a finish reason: a delta, or the failure it means; `null` while there is none. */
  finish(
    reason: unknown,
  ): Extract<Delta, { type: "finish" }> | { type: "failed"; failure: Failure } | null;
  /** How far it is after an event. */
  state(): "more" | "settling";
  /** At the vendor's own end mark, or at the end of a whole body. */
  atMark(): "complete" | Failure;
  /** At the end of the bytes of a stream. */
  atClose(): "complete" | Failure;
};

/** The account of one answer. */
export function createEnding(vendor: Vendor, endMark: EndMark): Ending {
  const seen = { text: false, reasoning: false, refusal: false, "tool-call": false };
  let finished: FinishReason | null = null;

  function atMark(): "complete" | Failure {
    if (finished === null) return malformed("The answer ended without a finish reason");
    return shortcoming(finished, seen) ?? "complete";
  }

  return {
    see(deltas, from) {
      for (let index = from; index < deltas.length; index += 1) {
        const type = deltas[index]?.type;
        if (type !== undefined && type !== "usage" && type !== "finish") seen[type] = true;
      }
    },
    finish(reason) {
      const finish = readFinish(vendor, reason);
      if (finish === null) return null;
      if (finish === "unknown") {
        return { type: "failed", failure: malformed("The answer ended for an unknown reason") };
      }
      if (!isAnswer(finish)) {
        const failure = { kind: finish, message: sayFailure(finish, ""), code: String(reason) };
        return { type: "failed", failure };
      }
      // A forced call ends with `stop` at some vendors.
      finished = finish === "stop" && seen["tool-call"] ? "tool_calls" : finish;
      return { type: "finish", reason: finished };
    },
    state: () => (finished !== null && endMark === "close" ? "settling" : "more"),
    atMark,
    atClose: () =>
      finished !== null && endMark === "close"
        ? atMark()
        : malformed("The stream was cut before the end of the answer"),
  };
}

function isAnswer(finish: Finish): finish is FinishReason {
  return finish !== "overloaded" && finish !== "content_filtered";
}

function shortcoming(
  finished: FinishReason,
  seen: Readonly<Record<"text" | "reasoning" | "refusal" | "tool-call", boolean>>,
): Failure | null {
  if (seen.text || seen.refusal || seen["tool-call"]) {
    return finished === "tool_calls" && !seen["tool-call"]
      ? malformed("The answer announced a tool call that never came")
      : null;
  }
  if (finished === "length") {
    const what = seen.reasoning ? "The model only thought" : "The model said nothing";
    return malformed(
      `${what} before max_tokens was used up`,
      "raise max_tokens, or set thinking to off",
    );
  }
  return malformed(seen.reasoning ? "The model thought but said nothing" : "The answer is empty");
}
