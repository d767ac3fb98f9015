import type { Clock } from "../../src/ports.ts";

type Timer = { readonly at: number; readonly order: number; readonly task: () => void };

/** Time that advances only when nothing more can happen at the present moment. */
export type VirtualClock = Clock & {
  /** Lives on until nothing is left to happen; resolves at the end of time. */
  live(): Promise<void>;
  /** Timers set and not yet over. */
  pending(): number;
};

/** A virtual clock that begins at a moment, in epoch milliseconds. */
export function createVirtualClock(start = Date.UTC(2026, 10, 22)): VirtualClock {
  let now = start;
  let orders = 0;
  const timers = new Set<Timer>();

  function next(): Timer | undefined {
    let soonest: Timer | undefined;
    for (const timer of timers) {
      const earlier =
        soonest === undefined ||
        timer.at < soonest.at ||
        (timer.at === soonest.at && timer.order < soonest.order);
      if (earlier) soonest = timer;
    }
    return soonest;
  }

  function setTimer(delayMs: number, task: () => void): () => void {
    orders += 1;
    const timer = { at: now + Math.max(0, delayMs), order: orders, task };
    timers.add(timer);
    return () => void timers.delete(timer);
  }

  return {
    now: () => now,
    setTimer,
    defer: (task) => void setTimer(0, task),
    pending: () => timers.size,
    async live() {
      for (;;) {
        // A turn of the real event loop runs every microtask there is.
        await new Promise((resolve) => setImmediate(resolve));
        const timer = next();
        if (timer === undefined) return;
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.task();
      }
    },
  };
}
