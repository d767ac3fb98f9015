import type { Clock, HttpResponse } from "../ports.ts";
import type { LabExchange } from "./bench.ts";
import type { LabReply } from "./reply.ts";

/** What a caller of a transport hands over. */
export type Hearing = { readonly signal: AbortSignal; readonly connected: () => void };

type Reply = Extract<LabReply, { type: "reply" }>;

/**
 * Plays one exchange on the clock; `over` is called once, when nothing more can come of it.
 * An abort makes every pending await reject with the signal's reason.
 */
export async function exchangeInMemory(
  begin: () => LabExchange,
  clock: Clock,
  { signal, connected }: Hearing,
  over: () => void,
): Promise<HttpResponse> {
  try {
    await pause(clock, 0, signal);
    const { reply, record } = begin();
    if (reply.type === "refused") throw systemError("ECONNREFUSED", "connect ECONNREFUSED");
    connected();
    const leave = (): void => {
      record.aborted = true;
      over();
    };
    signal.addEventListener("abort", leave, { once: true });
    const ended = (): void => {
      signal.removeEventListener("abort", leave);
      over();
    };
    if (reply.type === "silent") return await forEver(signal);
    if (reply.type === "reset") {
      ended();
      throw systemError("ECONNRESET", "read ECONNRESET");
    }
    await pause(clock, reply.headAfterMs, signal);
    record.status = reply.status;
    const { status, headers } = reply;
    return { status, headers, body: bodyOf(reply, clock, signal, ended, leave) };
  } catch (error) {
    over();
    throw error;
  }
}

function systemError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** Rejects with the signal's reason if it is aborted before the time is over. */
function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const stop = (): void => {
      cancel?.();
      reject(signal.reason as Error);
    };
    const done = (): void => {
      signal.removeEventListener("abort", stop);
      if (!signal.aborted) resolve();
    };
    signal.addEventListener("abort", stop, { once: true });
    const cancel = delayMs > 0 ? clock.setTimer(delayMs, done) : null;
    if (cancel === null) clock.defer(done);
  });
}

function forEver(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

function bodyOf(
  reply: Reply,
  clock: Clock,
  signal: AbortSignal,
  ended: () => void,
  left: () => void,
): AsyncIterableIterator<Uint8Array> {
  const pieces = reply.pieces[Symbol.iterator]();
  const finished = { value: undefined, done: true } as const;
  // Pieces have their times whether or not anybody reads.
  let due = clock.now();
  let state: "open" | "over" = "open";

  async function next(): Promise<IteratorResult<Uint8Array>> {
    if (signal.aborted) throw signal.reason;
    if (state === "over") return finished;
    const piece = pieces.next();
    if (piece.done !== true) {
      due += piece.value.afterMs;
      const delayMs = due - clock.now();
      if (delayMs > 0) await pause(clock, delayMs, signal);
      return { value: piece.value.bytes, done: false };
    }
    if (reply.end === "hang") return forEver(signal);
    state = "over";
    ended();
    if (reply.end === "reset") throw systemError("ECONNRESET", "read ECONNRESET");
    return finished;
  }

  return {
    next,
    return() {
      if (state === "open") {
        state = "over";
        const complete = reply.end === "end" && pieces.next().done === true;
        if (complete) ended();
        else left();
        pieces.return?.();
      }
      return Promise.resolve(finished);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
