/** What bounds a file before it is read: bytes, depth of nesting, entries of a list or table. */
export const fileLimits = { bytes: 1_000_000, nesting: 64, entries: 1_000 } as const;

/** What stands where the file says nothing: durations in seconds. */
export const defaults = {
  maxTokens: 150,
  temperature: 0.7,
  timeout: 30,
  retryAttempts: 3,
  connect: 10,
  streamTotal: 600,
  longestDeadline: 600,
  /** The last place: whoever says no priority comes after those who do. */
  priority: 1_000,
  backoff: { base: 1, factor: 2, max: 30, jitter: 1 },
  circuitBreaker: {
    failures: 5,
    failureRate: 0.5,
    minSamples: 10,
    window: 60,
    open: 30,
    openMax: 600,
  },
  retryBudget: { ratio: 0.2, perSecond: 10 },
  /** Requests that may wait for a turn at one provider. */
  queueMax: 1_000,
} as const;
