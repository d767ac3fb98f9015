import { defaults } from "./schema/defaults.ts";
import type { FailoverSettings, ProviderSettings } from "./schema.ts";

type Backoff = FailoverSettings["backoff"];

/** A repeat at a provider needs this much time, in seconds, or its own timeout if that is less. */
const repeatMinimum = 5;

/** Attempts at a provider in all: 0 is read as 1. */
export function triesOf({ retry_attempts }: ProviderSettings): number {
  return Math.max(1, retry_attempts);
}

/** The longest that one attempt at a provider takes to its whole answer, in seconds. */
export function attemptSeconds({ timeout, timeouts }: ProviderSettings): number {
  return timeouts.total ?? timeout;
}

/** The deadline that holds when the file names none: the worst case, at most 600 s. */
export function defaultDeadline(providers: readonly ProviderSettings[], backoff: Backoff): number {
  const worst = providers.reduce((sum, provider) => {
    const tries = triesOf(provider);
    const waits = waitsBefore(tries, backoff, backoff.jitter);
    return sum + tries * attemptSeconds(provider) + waits;
  }, 0);
  return Math.min(defaults.longestDeadline, worst);
}

/** How many of a provider's tries could start within a deadline if each failed at once. */
export function triesWithin(
  deadline: number,
  provider: ProviderSettings,
  backoff: Backoff,
): number {
  const needed = Math.min(attemptSeconds(provider), repeatMinimum);
  const tries = triesOf(provider);
  for (let count = 2; count <= tries; count += 1) {
    if (deadline - waitsBefore(count, backoff, 0) < needed) return count - 1;
  }
  return tries;
}

/** How many of a provider's tries could start within a deadline under a limit of requests. */
export function triesUnder(
  perMinute: number,
  deadline: number,
  provider: ProviderSettings,
  { base, factor, max }: Backoff,
): number {
  const needed = Math.min(attemptSeconds(provider), repeatMinimum);
  const interval = 60 / perMinute;
  // What a second allows may come at once.
  const atOnce = Math.max(1, Math.floor(perMinute / 60));
  const tries = triesOf(provider);
  let start = 0;
  let due = interval;
  for (let index = 1; index < tries; index += 1) {
    const wait = Math.min(max, base * factor ** (index - 1));
    start = Math.max(start + wait, due - (atOnce - 1) * interval);
    if (deadline - start < needed) return index;
    due = Math.max(due, start) + interval;
  }
  return tries;
}

/** The least deadline, in seconds, under which every try of a provider could start. */
export function deadlineForAll(provider: ProviderSettings, backoff: Backoff): number {
  const needed = Math.min(attemptSeconds(provider), repeatMinimum);
  return waitsBefore(triesOf(provider), backoff, 0) + needed;
}

// The waits that stand before the last of so many tries.
function waitsBefore(tries: number, { base, factor, max }: Backoff, jitter: number): number {
  let sum = 0;
  for (let index = 0; index < tries - 1; index += 1) {
    sum += Math.min(max, base * factor ** index + jitter);
  }
  return sum;
}

/** Seconds, as the file has them, in whole milliseconds. */
export function toMs(seconds: number): number {
  return Math.round(seconds * 1_000);
}
