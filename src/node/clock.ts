import type { Clock } from "../ports.ts";

// setTimeout fires at once for anything longer.
const longestTimerMs = 2 ** 31 - 1;

// A getter, and read with every delta of a stream; it never changes.
const { timeOrigin } = performance;

/** The machine's time: epoch milliseconds that never run backwards. */
export const systemClock: Clock = {
  now: () => timeOrigin + performance.now(),
  setTimer(delayMs, task) {
    const timer = setTimeout(task, Math.min(Math.max(0, delayMs), longestTimerMs));
    return () => clearTimeout(timer);
  },
  defer: (task) => void setImmediate(task),
};
