import type { Answer } from "../chat/answer.ts";
import type { Delta } from "../chat/delta.ts";
import type { Sink } from "./delivery.ts";
import { createChannel } from "./channel.ts";

/**
 * An answer on its way. Iterate over it for the deltas, await `answer` for the whole, or both.
 * A failure is thrown from the iteration and rejects `answer`, as LLMProviderError, and is never
 * an unhandled rejection. Breaking out of the iteration cancels the request.
 */
export type AnswerStream = AsyncIterable<Delta> & {
  /** The complete answer. Asking for it lets the provider run on without a reader. */
  readonly answer: Promise<Answer>;
};

const done = { value: undefined, done: true } as const;

/** Starts a request at once and gives its stream; `start` must follow the signal. */
export function createStream(
  start: (sink: Sink, signal: AbortSignal) => Promise<Answer>,
  caller: AbortSignal | null,
): AnswerStream {
  const channel = createChannel();
  const controller = new AbortController();
  const onAbort = () => controller.abort(caller?.reason);
  if (caller?.aborted) onAbort();
  else caller?.addEventListener("abort", onAbort, { once: true });

  const answer = start(channel, controller.signal).finally(() =>
    caller?.removeEventListener("abort", onAbort),
  );
  answer.then(
    () => channel.end(),
    (error: Error) => channel.fail(error),
  );
  // The writer must not stay behind a reader who has left.
  controller.signal.addEventListener("abort", () => channel.open(), { once: true });

  return {
    get answer() {
      channel.open();
      return answer;
    },
    [Symbol.asyncIterator]() {
      return {
        next: () => channel.next(),
        return() {
          channel.leave();
          controller.abort(new Error("The reader of the stream left."));
          return Promise.resolve(done);
        },
      };
    },
  };
}
