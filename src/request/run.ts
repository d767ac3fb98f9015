import type { Answer, AttemptReport } from "../chat/answer.ts";
import type { Failure } from "../failure.ts";
import { LLMProviderError } from "../provider-error.ts";
import type { Call, World } from "./call.ts";
import { abortedFailure } from "./cut-failure.ts";
import { createIntentions } from "./intentions.ts";
import type { Step } from "./step.ts";
import { nextStep } from "./next-step.ts";
import type { Progress } from "./progress.ts";
import { beginProgress } from "./progress.ts";
import type { Turn } from "./turn.ts";
import { takeTurn } from "./turn.ts";
import { wait } from "./wait.ts";

/**
 * The only loop: decide, wait or attempt, decide again, until there is an answer or a reason.
 * Rejects with LLMProviderError; tells `request-start` and `request-end` exactly once.
 */
export async function run(call: Call, world: World): Promise<Answer> {
  const { clock, journal } = world;
  const { id: request, route } = call;
  const startedAt = clock.now();
  const deadlineAt = startedAt + call.policy.deadlineMs;
  const stream = call.sink !== null;
  journal.emit({ type: "request-start", at: startedAt, request, route, stream, deadlineAt });
  const begun = beginProgress({ ...askedOf(call), stream }, journal.health(), startedAt);
  const outcome = await walk(call, world, begun);
  const failed = outcome instanceof LLMProviderError;
  const at = clock.now();
  journal.emit({
    type: "request-end",
    at,
    request,
    provider: failed ? null : outcome.provider,
    attempts: outcome.attempts.length,
    durationMs: at - startedAt,
    failure: failed ? outcome.failure : null,
  });
  if (failed) throw outcome;
  return outcome;
}

function askedOf({ id: request, request: body, ...call }: Call) {
  const maxTokens = body.max_tokens ?? body.max_completion_tokens ?? null;
  return { ...call, request, maxTokens };
}

async function walk(call: Call, world: World, begun: Progress): Promise<Answer | LLMProviderError> {
  const { clock, journal } = world;
  const intentions = createIntentions(call.id, journal);
  const attempts: AttemptReport[] = [];
  let progress = begun;
  let waitedMs = 0;
  let waiting: Extract<Step, { do: "wait" }> | null = null;
  try {
    for (;;) {
      if (call.signal?.aborted) return abortedError(call.signal, attempts);
      const now = clock.now();
      const step = nextStep(progress, journal.health(), now);
      if (step.do === "stop") return stopped(call, step.failure, attempts);
      if (step.do === "wait") {
        const again = waiting?.provider === step.provider && waiting.for === step.for;
        await wait(call, world, step, again && step.for !== "time");
        waiting = step;
        waitedMs += clock.now() - now;
        continue;
      }
      const turn = await takeTurn(call, world, progress, step, { waitedMs, intentions });
      attempts.push(turn.report);
      const end = endOf(call, world, turn, attempts);
      if (end !== null) return end;
      ({ progress } = turn);
      waitedMs = 0;
      waiting = null;
    }
  } finally {
    intentions.abandonAll(clock.now());
  }
}

function stopped(
  { review }: Call,
  failure: Failure,
  attempts: readonly AttemptReport[],
): LLMProviderError {
  const partial = review?.refused() ?? null;
  return new LLMProviderError(failure, { attempts, partial, committed: false });
}

// The end of the request, if this turn was it: an answer, a caller who left, a broken stream.
function endOf(
  call: Call,
  world: World,
  { result, failure, report }: Turn,
  attempts: readonly AttemptReport[],
): Answer | LLMProviderError | null {
  const { content, adaptations } = result;
  const { provider, model, requestId } = report;
  if (failure?.kind === "aborted") {
    return abortedError(call.signal, attempts, result.committed ? content : null);
  }
  if (failure !== null) {
    return result.committed ? new LLMProviderError(failure, { attempts, partial: content }) : null;
  }
  const { finishReason } = content;
  if (finishReason === null) throw new Error("A complete answer has a finish reason.");
  for (const message of adaptations) warn(call, world, provider, message);
  if (finishReason === "length") {
    warn(call, world, provider, "The answer was cut at max_tokens (finish reason length).");
  }
  return { ...content, finishReason, provider, model, requestId, attempts, adaptations };
}

function warn({ id: request }: Call, world: World, provider: string, message: string): void {
  const { clock, journal } = world;
  journal.emit({ type: "request-warning", at: clock.now(), request, provider, message });
}

function abortedError(
  signal: AbortSignal | null,
  attempts: readonly AttemptReport[],
  partial: Turn["result"]["content"] | null = null,
): LLMProviderError {
  return new LLMProviderError(abortedFailure, {
    attempts,
    partial,
    cause: signal?.reason as unknown,
  });
}
