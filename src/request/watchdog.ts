import type { TimeoutPhase } from "../failure.ts";
import type { Clock } from "../ports.ts";

/** The limits of one attempt, in milliseconds; `null`: this one does not apply. */
export type Limits = {
  readonly connectMs: number;
  readonly firstContentMs: number | null;
  readonly idleMs: number | null;
  readonly totalMs: number;
};

/** Why a watchdog cut an attempt. */
export type Cut =
  | { readonly by: "timer"; readonly phase: TimeoutPhase; readonly limitMs: number }
  | { readonly by: "caller" }
  /** The attempt is over, its connection is of no more use. */
  | { readonly by: "end" };

/** All timers of one attempt, on one abort signal. Keep-alives do not feed it; content does. */
export type Watchdog = {
  readonly signal: AbortSignal;
  /** `null` while nothing was cut. */
  cut(): Cut | null;
  connected(): void;
  content(): void;
  /** Stops the idle timer while the caller, not the provider, is being waited for. */
  pause(): void;
  resume(): void;
  /** Everything was said; cuts as `end` after this much quiet, in milliseconds. */
  settle(quietMs: number): void;
  /** Clears every timer and listener; with `close`, cuts the connection as well. */
  stop(close: boolean): void;
};

// One for all, since nobody reads it: `cut()` says why. To make an error is to write a stack.
const wasCut = new Error("The attempt was cut.");

/** A watchdog whose time begins now. */
export function createWatchdog(clock: Clock, limits: Limits, caller: AbortSignal | null): Watchdog {
  const controller = new AbortController();
  let cut: Cut | null = null;
  let committed = false;
  const timers = new Map<TimeoutPhase | "settle", () => void>();

  function end(why: Cut, reason: unknown = wasCut): void {
    if (cut !== null) return;
    cut = why;
    clear();
    controller.abort(reason);
  }

  function arm(phase: TimeoutPhase, limitMs: number): void {
    timers.get(phase)?.();
    const cancel = clock.setTimer(limitMs, () => end({ by: "timer", phase, limitMs }));
    timers.set(phase, cancel);
  }

  function disarm(phase: TimeoutPhase | "settle"): void {
    timers.get(phase)?.();
    timers.delete(phase);
  }

  const idle = createIdleTimer(clock, limits.idleMs, (limitMs) =>
    end({ by: "timer", phase: "idle", limitMs }),
  );

  function clear(): void {
    for (const cancel of timers.values()) cancel();
    timers.clear();
    idle.stop();
    caller?.removeEventListener("abort", onAbort);
  }

  function onAbort(): void {
    end({ by: "caller" }, caller?.reason);
  }

  arm("total", limits.totalMs);
  arm("connect", limits.connectMs);
  if (limits.firstContentMs !== null) arm("first_content", limits.firstContentMs);
  if (caller?.aborted) onAbort();
  else caller?.addEventListener("abort", onAbort, { once: true });

  return {
    signal: controller.signal,
    cut: () => cut,
    connected: () => disarm("connect"),
    content() {
      if (!committed) disarm("first_content");
      committed = true;
      idle.feed();
    },
    pause: () => idle.stop(),
    resume: () => idle.feed(),
    settle(quietMs) {
      disarm("settle");
      timers.set(
        "settle",
        clock.setTimer(quietMs, () => end({ by: "end" })),
      );
    },
    stop(close) {
      clear();
      if (close) end({ by: "end" });
    },
  };
}

// One timer for the whole stream: setting one for each delta would cost more than the delta.
function createIdleTimer(clock: Clock, limitMs: number | null, fire: (limitMs: number) => void) {
  let cancel: (() => void) | null = null;
  let fedAt = 0;
  function arm(limit: number, delayMs: number): void {
    cancel = clock.setTimer(delayMs, () => {
      const left = fedAt + limit - clock.now();
      if (left > 0) arm(limit, left);
      else fire(limit);
    });
  }
  return {
    feed(): void {
      if (limitMs === null) return;
      fedAt = clock.now();
      if (cancel === null) arm(limitMs, limitMs);
    },
    stop(): void {
      cancel?.();
      cancel = null;
    },
  };
}
