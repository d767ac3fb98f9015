/** How long recent answers took, in milliseconds, oldest first. */
export type Latency = {
  /** From the start to the first content of a stream. */
  readonly firstContent: readonly number[];
  /** From the start to the whole answer. */
  readonly whole: readonly number[];
};

/** What half of the answers kept to, and all but one in twenty; milliseconds. */
export type Quantiles = { readonly p50: number; readonly p95: number };

/** How many answers are remembered. */
const remembered = 50;

/** The latency of a provider that has never answered. */
export const noLatency: Latency = { firstContent: [], whole: [] };

/** The latency after one more answer, or one more beginning of one. */
export function withLatency(latency: Latency, of: keyof Latency, ms: number): Latency {
  return { ...latency, [of]: [...latency[of].slice(1 - remembered), ms] };
}

/** The quantiles of some times; `null` where there are none. */
export function quantilesOf(times: readonly number[]): Quantiles | null {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1];
  const p50 = at(0.5);
  const p95 = at(0.95);
  return p50 === undefined || p95 === undefined ? null : { p50, p95 };
}
