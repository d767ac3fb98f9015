import type { Clock } from "../ports.ts";

/** Real time, for the lab on loopback; its timers keep no process alive. */
export const httpClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimer(delayMs, task) {
    const timer = setTimeout(task, delayMs).unref();
    return () => clearTimeout(timer);
  },
  defer: (task) => void setImmediate(task),
};
