import type { Call, World } from "./call.ts";
import type { Step } from "./step.ts";

/** Waits until the moment or the free place a step names, or until the caller leaves. */
export async function wait(
  { id: request, route, signal }: Call,
  { clock, journal }: World,
  step: Extract<Step, { do: "wait" }>,
  again: boolean,
): Promise<void> {
  const { until } = step;
  const at = clock.now();
  const about = { request, route, provider: step.provider.name, until, for: step.for };
  if (!again) journal.emit({ type: "request-wait", at, ...about });
  const { promise: over, resolve: wake } = Promise.withResolvers<void>();
  const cancelTimer = clock.setTimer(until - at, wake);
  const change = step.for !== "time" ? journal.changed() : null;
  signal?.addEventListener("abort", wakeUp, { once: true });
  try {
    await (change === null ? over : Promise.race([over, change.promise]));
  } finally {
    cancelTimer();
    change?.cancel();
    signal?.removeEventListener("abort", wakeUp);
  }

  function wakeUp(): void {
    wake();
  }
}
