/** Every kind of failure a request can meet. */
export type FailureKind =
  | "network"
  | "timeout"
  | "server"
  | "overloaded"
  | "rate_limited"
  | "quota"
  | "auth"
  | "model_not_found"
  | "malformed"
  | "context_length"
  | "content_filtered"
  | "bad_request"
  | "unavailable"
  | "deadline"
  | "aborted";

/** What a failure says is unwell; each provider has one identity per scope. */
export type Scope = "endpoint" | "model" | "key" | "account" | "account_model" | "key_model";

/** Which timer of an attempt ran out. */
export type TimeoutPhase = "connect" | "first_content" | "idle" | "total";

/** Why one provider could not be asked, and until when (epoch milliseconds) if that is known. */
export type Unusable = {
  readonly provider: string;
  readonly reason: string;
  readonly until: number | null;
};

/** A typed reason why an attempt, or a whole request, did not give an answer. */
export type Failure = {
  readonly kind: FailureKind;
  /** One sentence for a person: what happened and what to do. Never a key, never a whole body. */
  readonly message: string;
  /** What is unwell, where the vendor's table says it is not what the kind usually means. */
  readonly scope?: Scope;
  /** HTTP status, or the status a vendor stated inside a 200. */
  readonly status?: number;
  /** The vendor's own code or type. */
  readonly code?: string;
  readonly requestId?: string;
  /** The proxy that failed, without its user and password. */
  readonly proxy?: string;
  /** A wait stated by the vendor, in milliseconds from the moment of the failure. */
  readonly retryAfterMs?: number;
  readonly phase?: TimeoutPhase;
  /** A timeout that came early because the request's own time ran out: nobody's fault. */
  readonly shortened?: boolean;
  /**
   * An object was asked for and did not come: whether the same provider is asked again at once, in
   * a way that mends it: shown its answer, or asked in a weaker form. `false`: not asked again.
   */
  readonly repair?: boolean;
  /** The number of requests in flight the vendor says it allows. */
  readonly concurrencyLimit?: number;
  /** The context window the vendor states, in tokens. */
  readonly contextWindow?: number;
  /** For `unavailable`: why not, provider by provider. */
  readonly unusable?: readonly Unusable[];
};

/** How far a kind lets the request go to another provider. */
export type Elsewhere = "yes" | "larger_window" | "by_policy" | "once" | "no";

/** How long the scope of a failure stays out of use when nobody stated a time. */
export type CoolDown =
  | { readonly by: "breaker" }
  | { readonly by: "guess"; readonly ms: number; readonly doublingToMs?: number }
  | { readonly by: "nothing" };

/** What a kind of failure calls for. */
export type Consequence = {
  readonly scope: Scope | null;
  /** How many further tries at the same provider this kind allows. */
  readonly furtherTries: number;
  readonly elsewhere: Elsewhere;
  readonly coolDown: CoolDown;
};

const minute = 60_000;
const hour = 60 * minute;
const breaker = { by: "breaker" } as const;
const nothing = { by: "nothing" } as const;
const slowGuess = { by: "guess", ms: 5 * minute, doublingToMs: hour } as const;

/** The longest cool-down, in milliseconds, whoever stated it. */
export const coolDownMaxMs = 24 * hour;

/** The table of what each kind calls for: the one place that says it. */
export const consequences: Readonly<Record<FailureKind, Consequence>> = {
  network: { scope: "endpoint", furtherTries: Infinity, elsewhere: "yes", coolDown: breaker },
  timeout: { scope: "model", furtherTries: 1, elsewhere: "yes", coolDown: breaker },
  server: { scope: "model", furtherTries: Infinity, elsewhere: "yes", coolDown: breaker },
  overloaded: { scope: "model", furtherTries: Infinity, elsewhere: "yes", coolDown: breaker },
  rate_limited: {
    scope: "account_model",
    furtherTries: Infinity,
    elsewhere: "yes",
    coolDown: { by: "guess", ms: 30_000 },
  },
  quota: {
    scope: "account",
    furtherTries: 0,
    elsewhere: "yes",
    coolDown: { by: "guess", ms: hour },
  },
  auth: { scope: "key", furtherTries: 0, elsewhere: "yes", coolDown: slowGuess },
  model_not_found: {
    scope: "key_model",
    furtherTries: 0,
    elsewhere: "yes",
    coolDown: slowGuess,
  },
  malformed: { scope: "model", furtherTries: 1, elsewhere: "yes", coolDown: breaker },
  context_length: {
    scope: null,
    furtherTries: 0,
    elsewhere: "larger_window",
    coolDown: nothing,
  },
  content_filtered: {
    scope: null,
    furtherTries: 0,
    elsewhere: "by_policy",
    coolDown: nothing,
  },
  bad_request: { scope: null, furtherTries: 0, elsewhere: "once", coolDown: nothing },
  unavailable: { scope: null, furtherTries: 0, elsewhere: "no", coolDown: nothing },
  deadline: { scope: null, furtherTries: 0, elsewhere: "no", coolDown: nothing },
  aborted: { scope: null, furtherTries: 0, elsewhere: "no", coolDown: nothing },
};
