import type { Clock } from "standin";

/** Time that passes only when nothing more can happen at the present moment. */
export type VirtualClock = Clock & {
  /** Lives on until this moment, or with none until nothing is left to happen. */
  live(until?: number): Promise<void>;
};

type Timer = { readonly at: number; readonly task: () => void };

/** A virtual clock that begins at a moment, in epoch milliseconds. */
export function createVirtualClock(start: number): VirtualClock {
  let now = start;
  const timers = new Set<Timer>();

  // The earliest; among equals the one that was set first.
  function next(): Timer | null {
    let first: Timer | null = null;
    for (const timer of timers) if (first === null || timer.at < first.at) first = timer;
    return first;
  }

  function setTimer(delayMs: number, task: () => void): () => void {
    const timer = { at: now + Math.max(0, delayMs), task };
    timers.add(timer);
    return () => void timers.delete(timer);
  }

  return {
    now: () => now,
    setTimer,
    defer: (task) => void setTimer(0, task),
    async live(until = Infinity) {
      for (;;) {
        // A turn of the real event loop lets every promise go as far as it can.
        await new Promise((resolve) => setImmediate(resolve));
        const timer = next();
        if (timer === null || timer.at > until) break;
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.task();
      }
      if (until !== Infinity) now = Math.max(now, until);
    },
  };
}
