import type { FailureKind, Scope } from "./failure.ts";
import type { StateName } from "./request/state.ts";
import { stateOf } from "./request/state.ts";
import type { Breaker } from "./resilience/breaker.ts";
import { providerHealth } from "./resilience/health.ts";
import type { Health } from "./resilience/health.ts";
import type { Quantiles } from "./resilience/latency.ts";
import { quantilesOf } from "./resilience/latency.ts";
import { scopeOf } from "./resilience/scopes.ts";
import { countsOf } from "./resilience/window.ts";
import type { Problem } from "./errors.ts";
import type { Provider, Revision, Snapshot } from "./snapshot.ts";

/** A configuration that was put in force: `at` is epoch milliseconds. */
export type Applied = { readonly version: number; readonly hash: string; readonly at: number };

/** Which configuration is in force, and which was refused last. */
export type ConfigurationStatus = {
  readonly applied: Applied;
  readonly rejected: { readonly at: number; readonly problems: readonly Problem[] } | null;
  /** What was changed while running, beside what the file says. */
  readonly revisions: readonly Revision[];
  readonly warnings: readonly Problem[];
};

/** What a breaker has counted: answers and failures of its window, and failures in a row. */
export type BreakerCounts = { readonly good: number; readonly bad: number; readonly run: number };

/** A cool-down; after `until` it lasts until one attempt has proved its scope well. */
export type CoolDownStatus = {
  readonly scope: Scope;
  readonly kind: FailureKind;
  readonly since: number;
  readonly until: number;
  /** Whether the vendor said how long, or nobody did. */
  readonly provenance: "stated" | "guessed";
};

/** How one provider is. Times are epoch milliseconds. */
export type ProviderStatus = {
  readonly enabled: boolean;
  /** Whether it has a key. */
  readonly configured: boolean;
  /** Whether a request arriving now may be sent to it. */
  readonly usable: boolean;
  readonly state: StateName;
  /** Why it is not usable; `null` when it is. */
  readonly reason: string | null;
  readonly until: number | null;
  /** When one request finds out whether it is well; `null`: nothing is to be found out. */
  readonly nextProbeAt: number | null;
  readonly model: string;
  readonly inFlight: number;
  readonly attempts: number;
  readonly answers: number;
  readonly failures: number;
  readonly lastFailure: {
    readonly kind: FailureKind;
    readonly message: string;
    readonly at: number;
  } | null;
  readonly breaker: BreakerCounts;
  /** Of its last 50 answers, in milliseconds; `null` while there are none. */
  readonly latency: { readonly firstContent: Quantiles | null; readonly whole: Quantiles | null };
  /** What puts it out of use, also what it shares with others. */
  readonly coolDowns: readonly CoolDownStatus[];
};

/** How a manager is, as of now. */
export type Status = {
  /** The provider a request arriving now would go to first. */
  readonly current: string | null;
  readonly providers: Readonly<Record<string, ProviderStatus>>;
  readonly configuration: ConfigurationStatus;
  /** Events that observers missed because they were too slow, and errors they threw. */
  readonly observers: { readonly dropped: number; readonly thrown: number };
};

/** The status of every provider of a snapshot, in the file's order. */
export function statusOf(
  snapshot: Snapshot,
  health: Health,
  now: number,
): Readonly<Record<string, ProviderStatus>> {
  const entries = snapshot.providers.map(
    (provider) => [provider.name, providerStatus(provider, health, now)] as const,
  );
  return Object.fromEntries(entries);
}

function providerStatus(provider: Provider, health: Health, now: number): ProviderStatus {
  const { enabled, model } = provider;
  const seen = providerHealth(health, provider.name);
  const { inFlight, attempts, answers, failures, lastFailure, breaker, latency } = seen;
  const { state, reason, until } = stateOf(provider, health, now);
  const coolDowns = coolDownsOf(provider, health);
  const counts = { inFlight, attempts, answers, failures };
  return {
    ...{ enabled, configured: provider.key !== null, usable: state === "ready" },
    ...{ state, reason, until, nextProbeAt: nextProbeAt(state, breaker, coolDowns), model },
    ...counts,
    lastFailure:
      lastFailure === null
        ? null
        : {
            kind: lastFailure.failure.kind,
            message: lastFailure.failure.message,
            at: lastFailure.at,
          },
    breaker: countsOfBreaker(breaker, health, now),
    latency: {
      firstContent: quantilesOf(latency.firstContent),
      whole: quantilesOf(latency.whole),
    },
    coolDowns,
  };
}

function coolDownsOf(provider: Provider, health: Health): readonly CoolDownStatus[] {
  const scopes = Object.entries(provider.identity) as [Scope, string][];
  const seen = new Set<string>();
  return scopes.flatMap(([scope, key]) => {
    const coolDown = health.coolDowns.get(key);
    // Without an `account` of its own a key stands for its account: one thing, told once.
    if (coolDown === undefined || seen.has(key)) return [];
    seen.add(key);
    const { failure, since, until, provenance } = coolDown;
    return [{ scope: scopeOf(failure) ?? scope, kind: failure.kind, since, until, provenance }];
  });
}

function nextProbeAt(
  state: StateName,
  breaker: Breaker,
  coolDowns: readonly CoolDownStatus[],
): number | null {
  if (state === "disabled" || state === "not_configured" || state === "probing") return null;
  const times = coolDowns.map(({ until }) => until);
  if (breaker.state === "open") times.push(breaker.until);
  return times.length === 0 ? null : Math.max(...times);
}

function countsOfBreaker(breaker: Breaker, health: Health, now: number): BreakerCounts {
  if (breaker.state === "open") return { good: 0, bad: 0, run: 0 };
  const { good, bad } = countsOf(breaker.window, now, health.policy.breaker.windowMs);
  return { good, bad, run: breaker.run };
}
