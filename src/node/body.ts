/** Bytes waiting for a reader beyond this pause the connection. */
const highWaterBytes = 256 * 1024;

/** What a body can ask of the connection it comes from. */
export type Source = {
  pause(): void;
  resume(): void;
  /** The reader has what it wanted before the body ended. */
  release(): void;
};

/** A body that is pushed by a connection and pulled by one reader. */
export type Body = AsyncIterableIterator<Uint8Array> & {
  push(bytes: Uint8Array): void;
  end(): void;
  /** The connection broke: what had come is still given, then the reason. */
  fail(reason: unknown): void;
  /** The reader is to learn of the reason at once. */
  abort(reason: unknown): void;
};

type Waiting = {
  readonly resolve: (result: IteratorResult<Uint8Array>) => void;
  readonly reject: (reason: unknown) => void;
};

/** An empty body that is still to come. */
export function createBody(source: Source): Body {
  let queue: Uint8Array[] = [];
  let queued = 0;
  let paused = false;
  let state: "open" | "ended" | "failed" | "left" = "open";
  let reason: unknown;
  let waiting: Waiting | null = null;
  const done = { value: undefined, done: true } as const;

  function take(): Uint8Array | undefined {
    const bytes = queue.shift();
    if (bytes === undefined) return undefined;
    queued -= bytes.length;
    if (paused && queued < highWaterBytes) {
      paused = false;
      source.resume();
    }
    return bytes;
  }

  function close(to: "ended" | "failed"): void {
    if (state !== "open") return;
    state = to;
    if (waiting === null) return;
    const { resolve, reject } = waiting;
    waiting = null;
    if (to === "ended") resolve(done);
    else reject(reason);
  }

  return {
    push(bytes) {
      if (state !== "open") return;
      if (waiting !== null) {
        const { resolve } = waiting;
        waiting = null;
        resolve({ value: bytes, done: false });
        return;
      }
      queue.push(bytes);
      queued += bytes.length;
      if (queued < highWaterBytes || paused) return;
      paused = true;
      source.pause();
    },
    end: () => close("ended"),
    fail(why) {
      if (state !== "open") return;
      reason = why;
      close("failed");
    },
    abort(why) {
      if (state !== "open" && state !== "ended") return;
      queue = [];
      reason = why;
      state = "open";
      close("failed");
    },
    next() {
      const bytes = take();
      if (bytes !== undefined) return Promise.resolve({ value: bytes, done: false });
      if (state === "failed") return Promise.reject(reason as Error);
      if (state !== "open") return Promise.resolve(done);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    },
    return() {
      if (state === "open") {
        state = "left";
        queue = [];
        source.release();
      }
      return Promise.resolve(done);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
