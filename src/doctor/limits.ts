import type { Limits } from "../request/watchdog.ts";
import type { Provider } from "../snapshot.ts";

/** How long an examination may take. */
export type ExaminationLimits = {
  readonly stream: boolean;
  readonly limits: Limits;
  /** The one that bounds the whole of it, in milliseconds. */
  readonly limitMs: number;
};

const connectMaxMs = 10_000;

/** A provider's own limits, or the one time given for all in milliseconds. */
export function limitsOf(
  { timeouts }: Provider,
  timeoutMs: number | null,
  stream = false,
): ExaminationLimits {
  const limitMs = timeoutMs ?? (stream ? timeouts.firstContentMs : timeouts.wholeMs);
  const connect = timeoutMs === null ? timeouts.connectMs : connectMaxMs;
  const connectMs = Math.min(connect, limitMs);
  const limits = { connectMs, firstContentMs: null, idleMs: null, totalMs: limitMs };
  return { stream, limits, limitMs };
}
