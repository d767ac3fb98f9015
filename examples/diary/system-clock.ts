import type { Clock } from "standin";

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(delayMs, task, background = false) {
    const timer = setTimeout(task, Math.max(0, delayMs));
    if (background) timer.unref();
    return () => clearTimeout(timer);
  },
  defer: (task) => void setImmediate(task),
};
