import type { ChatRequest } from "../chat/request.ts";
import type { Unusable } from "../failure.ts";
import type { Journal } from "../journal.ts";
import type { Clock, Random, Transport } from "../ports.ts";
import type { FailureRule, Policy, Provider } from "../snapshot.ts";
import type { Sink } from "./delivery.ts";
import type { Review } from "./review.ts";

/** One request, with all it needs to be answered. */
export type Call = {
  readonly id: string;
  readonly request: ChatRequest;
  readonly route: string;
  /** An estimate. */
  readonly promptTokens: number;
  /** In the order in which they have their turn. */
  readonly providers: readonly Provider[];
  /** Those not fit for the request, and why. */
  readonly leftOut: readonly Unusable[];
  readonly policy: Policy;
  readonly rules: readonly FailureRule[];
  /** Replaces every provider's `timeout`, in milliseconds. */
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal | null;
  /** `null`: a whole answer is wanted. */
  readonly sink: Sink | null;
  /** What its answer must be beside complete; `null`: nothing. */
  readonly review: Review | null;
};

/** What a request runs on. */
export type World = {
  readonly clock: Clock;
  readonly random: Random;
  readonly transport: Transport;
  readonly journal: Journal;
};
