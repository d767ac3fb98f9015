/** Outcomes of a stretch of time, in ten buckets, oldest first. */
export type Window = readonly Bucket[];

type Bucket = { readonly slot: number; readonly good: number; readonly bad: number };

const bucketCount = 10;

/** A window in which nothing has happened. */
export const emptyWindow: Window = [];

/** The window after one more outcome; what is older than `spanMs` milliseconds falls out. */
export function withOutcome(window: Window, at: number, bad: boolean, spanMs: number): Window {
  const slot = slotOf(at, spanMs);
  const kept = window.filter((bucket) => bucket.slot > slot - bucketCount);
  const last = kept.at(-1);
  // A clock that was set back counts into the newest bucket there is.
  const same = last !== undefined && last.slot >= slot;
  const old = same ? last : { slot, good: 0, bad: 0 };
  const next = { ...old, good: old.good + (bad ? 0 : 1), bad: old.bad + (bad ? 1 : 0) };
  return same ? [...kept.slice(0, -1), next] : [...kept, next];
}

/** How many outcomes of each kind there were in the last `spanMs` milliseconds. */
export function countsOf(
  window: Window,
  now: number,
  spanMs: number,
): { readonly good: number; readonly bad: number } {
  const oldest = slotOf(now, spanMs) - bucketCount;
  let good = 0;
  let bad = 0;
  for (const bucket of window) {
    if (bucket.slot <= oldest) continue;
    good += bucket.good;
    bad += bucket.bad;
  }
  return { good, bad };
}

function slotOf(at: number, spanMs: number): number {
  return Math.floor(at / (spanMs / bucketCount));
}
