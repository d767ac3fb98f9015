import type { Failure } from "../failure.ts";
import type { Policy, Provider } from "../snapshot.ts";
import type { AttemptResult } from "./attempt.ts";
import type { Call, World } from "./call.ts";
import { abortedFailure } from "./cut-failure.ts";
import { deadlineFailure } from "./exhausted.ts";
import type { Progress } from "./progress.ts";

/**
 * What an attempt came to by the policy and by what its answer must be; `null`: a right answer.
 * The caller's leaving and the deadline end it too, for a check may be somebody else's code.
 */
export async function judge(
  call: Call,
  { clock }: World,
  progress: Progress,
  provider: Provider,
  result: AttemptResult,
): Promise<Failure | null> {
  const { policy, review, signal } = call;
  const failure = result.failure ?? lengthFailure(policy, result);
  if (review === null) return failure;
  const { promise: late, resolve } = Promise.withResolvers<Failure>();
  const leave = () => resolve(abortedFailure);
  if (signal?.aborted) leave();
  signal?.addEventListener("abort", leave, { once: true });
  const leftMs = Math.max(0, progress.deadlineAt - clock.now());
  const cancel = clock.setTimer(leftMs, () => resolve(deadlineFailure(progress)));
  try {
    return await Promise.race([review.judge(provider, result.content, failure), late]);
  } finally {
    cancel();
    signal?.removeEventListener("abort", leave);
  }
}

function lengthFailure(policy: Policy, { content }: AttemptResult): Failure | null {
  if (policy.onLength === "accept" || content.finishReason !== "length") return null;
  return {
    kind: "malformed",
    message: "The answer was cut at max_tokens; raise max_tokens, or set on_length to accept.",
  };
}
