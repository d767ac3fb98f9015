import type { Delta } from "../chat/delta.ts";

/** Deltas that wait for a reader beyond this hold the provider back. */
const highWater = 1_000;

/** Deltas pushed by an attempt, pulled by one reader. */
export type Channel = {
  /** A promise where the reader has enough for now. */
  push(deltas: readonly Delta[]): Promise<void> | undefined;
  end(): void;
  fail(reason: Error): void;
  /** Nothing is held back any more: the deltas are only kept. */
  open(): void;
  next(): Promise<IteratorResult<Delta>>;
  /** The reader is gone: there is nothing more for it, not even how it ended. */
  leave(): void;
};

const done = { value: undefined, done: true } as const;

/** A channel with nothing in it. */
export function createChannel(): Channel {
  let queue: Delta[] = [];
  let head = 0;
  let state: "open" | "ended" | "failed" | "left" = "open";
  let reason: Error | undefined;
  let isOpen = false;
  let readers: (() => void)[] = [];
  let wakeWriter: (() => void) | null = null;

  function wake(): void {
    const waiting = readers;
    readers = [];
    for (const wakeReader of waiting) wakeReader();
  }

  function release(): void {
    wakeWriter?.();
    wakeWriter = null;
  }

  function shift(): Delta | undefined {
    const delta = queue[head];
    if (delta === undefined) return undefined;
    head += 1;
    if (head === queue.length) {
      queue = [];
      head = 0;
      release();
    }
    return delta;
  }

  function read(): Promise<IteratorResult<Delta>> {
    const delta = shift();
    if (delta !== undefined) return Promise.resolve({ value: delta, done: false });
    if (state === "failed") return Promise.reject(reason);
    if (state !== "open") return Promise.resolve(done);
    return new Promise<void>((resolve) => void readers.push(resolve)).then(read);
  }

  function close(to: "ended" | "failed"): void {
    if (state === "open") state = to;
    wake();
  }

  return {
    push(deltas) {
      if (state === "left") return undefined;
      for (const delta of deltas) queue.push(delta);
      wake();
      if (isOpen || queue.length - head < highWater) return undefined;
      return new Promise((resolve) => {
        wakeWriter = resolve;
      });
    },
    end: () => close("ended"),
    fail(why) {
      reason = why;
      close("failed");
      release();
    },
    open() {
      isOpen = true;
      release();
    },
    next: read,
    leave() {
      state = "left";
      queue = [];
      head = 0;
      wake();
      release();
    },
  };
}
