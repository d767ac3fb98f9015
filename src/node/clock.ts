import type { Clock } from "../ports.ts";

// setTimeout fires at once for anything longer.
const longestTimerMs = 2 ** 31 - 1;

// A getter, and read with every delta of a stream; it never changes.
const { timeOrigin } = performance;

/** The machine's time: epoch milliseconds that never run backwards. */
export const systemClock: Clock = {
  now: () => timeOrigin + performance.now(),
  setTimer(delayMs, task, background = false) {
    // Whole milliseconds, never fewer: a timer must not fire before the moment it was set for.
    const wholeMs = Math.ceil(Math.min(Math.max(0, delayMs), longestTimerMs));
    const timer = setTimeout(task, wholeMs);
    if (background) timer.unref();
    return () => clearTimeout(timer);
  },
  defer: (task) => void setImmediate(task),
};
