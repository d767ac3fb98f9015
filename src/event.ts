import type { Failure, FailureKind, Scope } from "./failure.ts";
import type { Usage } from "./chat/delta.ts";
import type { Problem } from "./errors.ts";
import type { HealthPolicy } from "./health-policy.ts";

/** A fact about one request. */
export type RequestEvent =
  | {
      readonly type: "request-start";
      readonly at: number;
      readonly request: string;
      readonly route: string;
      readonly stream: boolean;
      readonly deadlineAt: number;
    }
  | {
      readonly type: "request-wait";
      readonly at: number;
      readonly request: string;
      readonly provider: string;
      readonly until: number;
      /** A time, the place of another's probe, a turn under a provider's limit or the route's. */
      readonly for: "time" | "slot" | "limit" | "route";
      readonly route: string;
    }
  | {
      readonly type: "request-end";
      readonly at: number;
      readonly request: string;
      /** The provider that answered; `null` for a failure. */
      readonly provider: string | null;
      readonly attempts: number;
      readonly durationMs: number;
      readonly failure: Failure | null;
    }
  | {
      /** Something was done that the caller may want to know, such as a dropped parameter. */
      readonly type: "request-warning";
      readonly at: number;
      readonly request: string;
      readonly provider: string;
      readonly message: string;
    };

/** A fact about one attempt; `attempt` counts from 1 within the request. */
export type AttemptEvent =
  | {
      readonly type: "attempt-start";
      readonly at: number;
      readonly request: string;
      readonly attempt: number;
      readonly route: string;
      readonly provider: string;
      readonly model: string;
      /** What the provider is made of: the scopes a failure can name. */
      readonly identity: Readonly<Record<Scope, string>>;
      readonly limitMs: number;
      /** Another try at a provider this request has asked before: it draws on the budget. */
      readonly repeat: boolean;
      /** What it is thought to cost: an estimate, for limits on tokens. */
      readonly estimatedTokens: number;
    }
  | {
      readonly type: "attempt-commit";
      readonly at: number;
      readonly request: string;
      readonly attempt: number;
      readonly route: string;
      readonly provider: string;
      readonly identity: Readonly<Record<Scope, string>>;
      readonly firstContentMs: number;
    }
  | {
      readonly type: "attempt-end";
      readonly at: number;
      readonly request: string;
      readonly attempt: number;
      readonly route: string;
      readonly provider: string;
      readonly identity: Readonly<Record<Scope, string>>;
      readonly durationMs: number;
      readonly requestId: string | null;
      readonly usage: Usage | null;
      /** What it cost, in US dollars; `null`: prices or counts are not known. */
      readonly cost: number | null;
      readonly failure: Failure | null;
      /** When this request means to try here again; `null`: it does not. */
      readonly retryAt: number | null;
      /** In [0, 1): for what the fold leaves to chance. */
      readonly chance: number;
      readonly estimatedTokens: number;
    }
  | {
      /** A request that meant to try a provider again leaves it for good. */
      readonly type: "attempt-abandoned";
      readonly at: number;
      readonly request: string;
      readonly provider: string;
      readonly identity: Readonly<Record<Scope, string>>;
      readonly failure: Failure;
      /** When the failure happened. */
      readonly failedAt: number;
    };

/** A fact about a provider that somebody should know; `request` brought it to light. */
export type ProviderEvent =
  | {
      /** What somebody has to mend: `auth`, `quota` or `model_not_found`; told when it begins. */
      readonly type: "provider-unwell";
      readonly at: number;
      readonly request: string;
      readonly provider: string;
      readonly kind: FailureKind;
      readonly message: string;
      /** When a request will be let through to find out. */
      readonly until: number;
    }
  | {
      /** What had been told as unwell is well again, or may be by the configuration. */
      readonly type: "provider-well";
      readonly at: number;
      /** Whose attempt proved it; `null`: a reload gives it another chance. */
      readonly request: string | null;
      readonly provider: string;
      /** What had been the matter. */
      readonly kind: FailureKind;
    };

/** A fact about the configuration. */
export type ConfigurationEvent =
  | {
      readonly type: "configuration-applied";
      readonly at: number;
      /** Counts from 1. */
      readonly version: number;
      readonly hash: string;
      readonly warnings: readonly Problem[];
      readonly changes: readonly string[];
      readonly providers: readonly ProviderIdentity[];
      /** A reload was asked for: cool-downs that concern an identity are forgotten. */
      readonly fresh: boolean;
      readonly policy: HealthPolicy;
    }
  | {
      readonly type: "configuration-rejected";
      readonly at: number;
      readonly message: string;
      readonly problems: readonly Problem[];
    }
  | {
      /** The files hold again what is in force: what was refused is gone. */
      readonly type: "configuration-restored";
      readonly at: number;
      readonly version: number;
      readonly hash: string;
    }
  | {
      /** The system does not tell of changes to the files: they are looked at every 5 s. */
      readonly type: "configuration-unwatched";
      readonly at: number;
      readonly message: string;
    };

/** A provider as the fold knows it: what it is made of, no secret. */
export type ProviderIdentity = {
  readonly name: string;
  readonly identity: Readonly<Record<Scope, string>>;
};

/** A fact that happened: all that logs, metrics and health read. No secrets, no texts. */
export type Event = RequestEvent | AttemptEvent | ProviderEvent | ConfigurationEvent;
