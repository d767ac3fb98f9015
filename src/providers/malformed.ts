import type { Failure } from "../failure.ts";

/** A reply that is no complete answer; `what` is the beginning of a sentence. */
export function malformed(what: string, advice = "try again, or ask another provider"): Failure {
  return { kind: "malformed", message: `${what}; ${advice}.` };
}
