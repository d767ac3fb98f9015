import type { Failure } from "../failure.ts";
import type { AttemptResult } from "../request/attempt.ts";
import { maskOf } from "../request/mask.ts";
import { answerWords } from "./answer-words.ts";
import type { Cause, Diagnosis, Latency, Verdict } from "./diagnosis.ts";
import type { Finding, Words } from "./finding.ts";
import { asLimit, fileKey, inSeconds } from "./finding.ts";
import type { FailedCause } from "./cause.ts";
import { causeOf } from "./cause.ts";
import { wayWords } from "./way-words.ts";

/** All that an examination brought to light. */
export type Facts = Omit<Finding, "failure"> & {
  readonly result: AttemptResult;
  /** `null`: it answered. */
  readonly failure: Failure | null;
  readonly notes: readonly string[];
};

/** An answer later than this share of its limit is a warning. */
const slowShare = 0.5;

/** What the facts come to. */
export function conclude(facts: Facts): Diagnosis {
  const { provider, failure, sighting, result, wholeMs, notes } = facts;
  const { cause, message, advice } =
    failure === null ? speed(facts) : trouble({ ...facts, failure });
  const mask = maskOf(provider);
  const since = (at: number | null): number | null =>
    at === null ? null : Math.round(at - result.startedAt);
  const latency: Latency = {
    connectMs: since(sighting.connectedAt),
    firstByteMs: since(sighting.firstByteAt),
    firstContentMs: rounded(result.firstContentMs),
    wholeMs: Math.round(wholeMs),
  };
  return {
    provider: provider.name,
    model: provider.model,
    endpoint: provider.endpoint,
    verdict: verdictOf(cause),
    cause,
    message: mask.text(message),
    advice: mask.text(advice),
    status: failure?.status ?? sighting.status,
    code: failure?.code ?? null,
    requestId: result.requestId,
    latency,
    proxy: failure?.proxy ?? sighting.proxy,
    notes,
  };
}

type Told = Words & { readonly cause: Cause };

function speed({ provider, wholeMs, limitMs }: Facts): Told {
  const took = `It answered in ${inSeconds(wholeMs)}`;
  if (wholeMs <= limitMs * slowShare) return { cause: "well", message: `${took}.`, advice: "" };
  return {
    cause: "slow",
    message: `${took}, with ${asLimit(limitMs)} to do it.`,
    advice:
      `A longer answer may not be in time: raise ${fileKey(provider, "timeout")}, ` +
      "or let a faster provider come first.",
  };
}

function trouble(finding: Finding): Told {
  const cause = causeOf(finding);
  return { cause, ...words[cause](finding) };
}

const words: Readonly<Record<FailedCause, (finding: Finding) => Words>> = {
  ...wayWords,
  ...answerWords,
  interrupted: () => ({ message: "It was not waited for to the end.", advice: "" }),
};

function verdictOf(cause: Cause): Verdict {
  if (cause === "well" || cause === "interrupted") return cause;
  return cause === "slow" ? "warning" : "unwell";
}

function rounded(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds);
}
