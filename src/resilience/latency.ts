import type { AttemptEvent } from "../event.ts";
import { consequences } from "../failure.ts";

type Ended = Pick<Extract<AttemptEvent, { type: "attempt-end" }>, "at" | "durationMs" | "failure">;

/** One attempt at a provider, when it was over and how long it took. */
export type Measurement = {
  /** Epoch milliseconds. */
  readonly at: number;
  /** In milliseconds; `null`: it failed. */
  readonly ms: number | null;
};

/** How recent attempts went, oldest first. */
export type Latency = {
  /** From the start to the first content of a stream. */
  readonly firstContent: readonly Measurement[];
  /** From the start to the whole answer. */
  readonly whole: readonly Measurement[];
};

/** What half of the answers kept to, and all but one in twenty; milliseconds. */
export type Quantiles = { readonly p50: number; readonly p95: number };

/** How many attempts are remembered. */
const remembered = 50;

/** How many of the latest say how fast a provider is now, if they are not too old. */
const paceOf = 10;
const paceForMs = 600_000;

/** The latency of a provider that has never answered. */
export const noLatency: Latency = { firstContent: [], whole: [] };

/** The latency after one more answer, or one more beginning of one. */
export function withLatency(
  latency: Latency,
  of: keyof Latency,
  measurement: Measurement,
): Latency {
  return { ...latency, [of]: withOne(latency[of], measurement) };
}

/** The latency after an attempt: one that failed was neither fast to begin nor to end. */
export function latencyAfter(
  { firstContent, whole }: Latency,
  { failure, at, durationMs }: Ended,
): Latency {
  if (failure === null) return { firstContent, whole: withOne(whole, { at, ms: durationMs }) };
  // What has no scope says nothing of the provider: the caller left, or the request was at fault.
  if (consequences[failure.kind].scope === null) return { firstContent, whole };
  const failed = { at, ms: null };
  return { firstContent: withOne(firstContent, failed), whole: withOne(whole, failed) };
}

/** The quantiles of those that were answered; `null` where there are none. */
export function quantilesOf(measurements: readonly Measurement[]): Quantiles | null {
  const sorted = measurements
    .flatMap(({ ms }) => (ms === null ? [] : [ms]))
    .toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1];
  const p50 = at(0.5);
  const p95 = at(0.95);
  return p50 === undefined || p95 === undefined ? null : { p50, p95 };
}

/**
 * The median of the latest attempts, in milliseconds, a failed one being endless; `null` where the
 * last ten minutes saw none.
 */
export function paceAt(measurements: readonly Measurement[], now: number): number | null {
  const recent = measurements.slice(-paceOf).filter(({ at }) => at > now - paceForMs);
  const sorted = recent.map(({ ms }) => ms ?? Infinity).toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? null;
}

function withOne(all: readonly Measurement[], one: Measurement): readonly Measurement[] {
  return [...all.slice(1 - remembered), one];
}
