/** Bytes waiting for a reader beyond this pause the connection. */
const highWaterBytes = 256 * 1024;

/** What a body can ask of the connection it comes from. */
export type Source = {
  pause(): void;
  resume(): void;
  /** The reader has what it wanted before the body ended. */
  release(): void;
};

type Waiting = {
  readonly resolve: (result: IteratorResult<Uint8Array>) => void;
  readonly reject: (reason: unknown) => void;
};

const done = { value: undefined, done: true } as const;

/** A body that is pushed by a connection and pulled by one reader. */
export class Body implements AsyncIterableIterator<Uint8Array> {
  readonly #source: Source;
  #queue: Uint8Array[] = [];
  #queued = 0;
  #paused = false;
  #state: "open" | "ended" | "failed" | "left" = "open";
  #reason: unknown;
  #waiting: Waiting | null = null;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Bytes came. */
  push(bytes: Uint8Array): void {
    if (this.#state !== "open") return;
    if (this.#waiting !== null) {
      const { resolve } = this.#waiting;
      this.#waiting = null;
      resolve({ value: bytes, done: false });
      return;
    }
    this.#queue.push(bytes);
    this.#queued += bytes.length;
    if (this.#queued < highWaterBytes || this.#paused) return;
    this.#paused = true;
    this.#source.pause();
  }

  /** The body is whole. */
  end(): void {
    if (this.#state !== "open") return;
    this.#state = "ended";
    this.#waiting?.resolve(done);
    this.#waiting = null;
  }

  /** The connection broke: what had come is still given, then the reason. */
  fail(reason: unknown): void {
    if (this.#state !== "open") return;
    this.#state = "failed";
    this.#reason = reason;
    this.#waiting?.reject(reason);
    this.#waiting = null;
  }

  /** The reader is to learn of the reason at once: what had come is void. */
  abort(reason: unknown): void {
    if (this.#state === "left") return;
    this.#queue = [];
    this.#state = "failed";
    this.#reason = reason;
    this.#waiting?.reject(reason);
    this.#waiting = null;
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const bytes = this.#take();
    if (bytes !== undefined) return Promise.resolve({ value: bytes, done: false });
    if (this.#state === "failed") return Promise.reject(this.#reason);
    if (this.#state !== "open") return Promise.resolve(done);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    if (this.#state === "open") {
      this.#state = "left";
      this.#queue = [];
      this.#source.release();
    }
    return Promise.resolve(done);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #take(): Uint8Array | undefined {
    const bytes = this.#queue.shift();
    if (bytes === undefined) return undefined;
    this.#queued -= bytes.length;
    if (this.#paused && this.#queued < highWaterBytes) {
      this.#paused = false;
      this.#source.resume();
    }
    return bytes;
  }
}
