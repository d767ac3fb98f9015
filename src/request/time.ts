import type { Provider } from "../snapshot.ts";
import type { Progress } from "./progress.ts";
import { attemptMs } from "./progress.ts";

/** A repeat needs this much time, or the provider's own timeout if that is less. */
const repeatMinimumMs = 5_000;

/** Whether another try at `readyAt` leaves it enough time and the untried theirs. */
export function hasTimeToRepeat(
  progress: Progress,
  provider: Provider,
  readyAt: number,
  now: number,
  untried: readonly Provider[],
): boolean {
  const left = progress.deadlineAt - Math.max(now, readyAt) - reserveMs(progress, untried);
  return left >= Math.min(attemptMs(progress, provider), repeatMinimumMs);
}

/** How long an attempt that begins now may take, with a share kept for the untried. */
export function limitMs(
  progress: Progress,
  provider: Provider,
  now: number,
  untried: readonly Provider[],
): number {
  const left = progress.deadlineAt - now;
  const unreserved = left - reserveMs(progress, untried);
  // Providers that became usable since the start must not leave a first try without time.
  const isFirst = !progress.tries.has(provider.name);
  const fair = isFirst ? Math.max(unreserved, left / (untried.length + 1)) : unreserved;
  return Math.min(attemptMs(progress, provider), fair);
}

function reserveMs(progress: Progress, untried: readonly Provider[]): number {
  return untried.reduce(
    (sum, provider) => sum + Math.min(attemptMs(progress, provider), progress.shareMs),
    0,
  );
}
