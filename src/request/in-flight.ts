import type { Clock } from "../ports.ts";
import { LLMProviderError } from "../provider-error.ts";

/** The requests under way, so that an end can be orderly. */
export type InFlight = {
  /** Runs one request under a signal of its own, which follows the caller's. */
  track<T>(caller: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Refuses new requests; resolves when the old ones have ended or were cut after `graceMs`. */
  close(graceMs: number, clock: Clock): Promise<void>;
};

/** Nothing under way. */
export function createInFlight(): InFlight {
  const running = new Map<AbortController, Promise<unknown>>();
  let closed = false;

  return {
    async track(caller, start) {
      if (closed) {
        const message = "The manager was closed; make a new one.";
        throw new LLMProviderError({ kind: "unavailable", message });
      }
      const controller = new AbortController();
      const onAbort = () => controller.abort(caller?.reason);
      if (caller?.aborted === true) onAbort();
      else if (caller instanceof AbortSignal) {
        caller.addEventListener("abort", onAbort, { once: true });
      }
      const request = start(controller.signal);
      running.set(controller, request);
      try {
        return await request;
      } finally {
        running.delete(controller);
        if (caller instanceof AbortSignal) caller.removeEventListener("abort", onAbort);
      }
    },
    async close(graceMs, clock) {
      closed = true;
      if (running.size === 0) return;
      const cut = () => {
        for (const controller of running.keys()) {
          controller.abort(new Error("The manager was closed."));
        }
      };
      const cancel = clock.setTimer(graceMs, cut);
      await Promise.allSettled(running.values());
      cancel();
    },
  };
}
