/** What is wrong on the way to a provider. */
export type WayCause =
  | "dns"
  | "dns_temporary"
  | "refused"
  | "unreachable"
  | "connect_timeout"
  | "tls_date"
  | "tls_untrusted"
  | "tls_wrong_host"
  | "tls_not_spoken"
  | "tls_expected"
  | "tls"
  | "proxy_unreachable"
  | "proxy_key"
  | "proxy"
  | "blocked"
  | "unsendable"
  | "closed";

/** What is wrong with what a provider answers, or with who asks. */
export type AnswerCause =
  | "wrong_path"
  | "redirected"
  | "not_an_api"
  | "key"
  | "key_forbidden"
  | "key_elsewhere"
  | "credit"
  | "model"
  | "throttled"
  | "overloaded"
  | "server"
  | "silent"
  | "stalled"
  | "cut"
  | "malformed"
  | "filtered"
  | "bad_request";

/** Why nobody was asked. */
export type UnaskedCause = "disabled" | "key_missing" | "key_unreadable" | "configuration";

/** Everything the doctor can tell apart, one word each; `docs/doctor.md` explains them. */
export type Cause = "well" | "slow" | "interrupted" | WayCause | AnswerCause | UnaskedCause;

/** How a provider is in one word; `warning`: it answers, but something about it wants a look. */
export type Verdict = "well" | "warning" | "unwell" | "not_asked" | "interrupted";

/** How long the parts of an exchange took, in milliseconds from its start; `null`: not reached. */
export type Latency = {
  /** Until the request began to be written to an open connection. */
  readonly connectMs: number | null;
  /** Until the head of the reply. */
  readonly firstByteMs: number | null;
  readonly firstContentMs: number | null;
  readonly wholeMs: number;
};

/** What one exchange with one provider told; holds no secret. */
export type Diagnosis = {
  readonly provider: string;
  /** `null`: the configuration does not say so that it can be understood. */
  readonly model: string | null;
  readonly endpoint: string | null;
  readonly verdict: Verdict;
  readonly cause: Cause;
  /** One or two sentences: what was found. */
  readonly message: string;
  /** What to do, naming the file's key, the variable or the command; may be empty. */
  readonly advice: string;
  /** HTTP status, or the status the vendor stated inside a 200. */
  readonly status: number | null;
  /** The vendor's code, or the system's for a connection that failed. */
  readonly code: string | null;
  readonly requestId: string | null;
  /** `null`: nobody was asked. */
  readonly latency: Latency | null;
  /** The proxy the request went through, without its user and password; `null`: none. */
  readonly proxy: string | null;
  /** What else there is to know, a sentence each. */
  readonly notes: readonly string[];
};
