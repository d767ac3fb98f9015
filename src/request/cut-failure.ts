import type { Failure } from "../failure.ts";
import type { Cut } from "./watchdog.ts";

/** The caller left: nobody's fault. */
export const abortedFailure: Failure = {
  kind: "aborted",
  message: "The caller ended the request.",
};

/** The body ended, but not the answer. */
export const unfinishedFailure: Failure = {
  kind: "malformed",
  message: "The answer ended without the provider's end mark; it was cut on its way.",
};

const phaseWords = {
  connect: "no connection was made",
  first_content: "no content came",
  idle: "no further content came",
  total: "the answer was not complete",
} as const;

/** A timer of an attempt ran out; `shortened` when it was shorter than the provider's own. */
export function timeoutFailure(
  provider: string,
  { phase, limitMs }: Extract<Cut, { by: "timer" }>,
  shortened: boolean,
): Failure {
  const seconds = Math.round(limitMs) / 1000;
  const message = `${provider}: ${phaseWords[phase]} within ${seconds} s.`;
  return { kind: "timeout", phase, message, ...(shortened ? { shortened } : {}) };
}
