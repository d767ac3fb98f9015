import type { Clock } from "../src/ports.ts";

/** Time that stands still until a test moves it. */
export type ManualClock = Clock & {
  /** Moves on, and lets everything due happen in its order. */
  advance(ms: number): void;
  pending(): number;
};

/** A clock that stands at 0. */
export function createManualClock(): ManualClock {
  let now = 0;
  let timers: { readonly at: number; readonly task: () => void }[] = [];
  return {
    now: () => now,
    setTimer(delayMs, task) {
      const timer = { at: now + Math.max(0, delayMs), task };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
    defer(task) {
      this.setTimer(0, task);
    },
    pending: () => timers.length,
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers = timers.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.task();
      }
      now = end;
    },
  };
}
