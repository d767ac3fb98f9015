/** When a provider's breaker opens, and for how long; times in milliseconds. */
export type BreakerPolicy = {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** The share of failures in the window that opens it, once there are `minSamples` outcomes. */
  readonly rate: number;
  readonly minSamples: number;
  readonly windowMs: number;
  /** How long it opens for at first; each failed probe doubles it, up to `openMaxMs`. */
  readonly openMs: number;
  readonly openMaxMs: number;
};

/** What all requests together may repeat: a share of the requests, and a floor. */
export type BudgetPolicy = { readonly ratio: number; readonly perSecond: number };

/** A limit we keep ourselves so that a vendor need not; `null`: not limited in this. */
export type Limit = {
  /** Equal names are one limit, shared. */
  readonly name: string;
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  readonly maxConcurrency: number | null;
  /** Whether it follows what the vendor says of requests in flight. */
  readonly adaptive: boolean;
};

/** The limits by who is under them: a provider (its own and its account's), or a route. */
export type Limits = Readonly<Record<string, readonly Limit[]>>;

/** What the fold over events needs to know of the configuration. */
export type HealthPolicy = {
  readonly breaker: BreakerPolicy;
  readonly budget: BudgetPolicy;
  /** Of providers. */
  readonly limits: Limits;
  /** Of routes: one for each, so that what is in flight is known before there is a limit. */
  readonly routeLimits: Limits;
};

/** The policy where the configuration says nothing. */
export const defaultHealthPolicy: HealthPolicy = {
  breaker: {
    failures: 5,
    rate: 0.5,
    minSamples: 10,
    windowMs: 60_000,
    openMs: 30_000,
    openMaxMs: 600_000,
  },
  budget: { ratio: 0.2, perSecond: 10 },
  limits: {},
  routeLimits: {},
};
