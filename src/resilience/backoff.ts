import type { Backoff } from "../snapshot.ts";

/** The wait, in milliseconds, after the `failures`-th failure (from 1); `chance` is in [0, 1). */
export function backoffMs(backoff: Backoff, failures: number, chance: number): number {
  const grown = backoff.baseMs * backoff.factor ** (failures - 1);
  return Math.min(backoff.maxMs, grown + backoff.jitterMs * chance);
}
