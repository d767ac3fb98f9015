import type { FailureKind } from "./failure.ts";
import { reasonFor } from "./request/exhausted.ts";
import { providerHealth } from "./resilience/health.ts";
import type { Health } from "./resilience/health.ts";
import { readiness } from "./resilience/readiness.ts";
import type { Problem } from "./errors.ts";
import type { Provider, Snapshot } from "./snapshot.ts";

/** A configuration that was put in force: `at` is epoch milliseconds. */
export type Applied = { readonly version: number; readonly hash: string; readonly at: number };

/** Which configuration is in force, and which was refused last. */
export type ConfigurationStatus = {
  readonly applied: Applied;
  readonly rejected: { readonly at: number; readonly problems: readonly Problem[] } | null;
  readonly warnings: readonly Problem[];
};

/** How one provider is. Times are epoch milliseconds. */
export type ProviderStatus = {
  readonly enabled: boolean;
  /** Whether it has a key. */
  readonly configured: boolean;
  /** Whether a request arriving now may be sent to it. */
  readonly usable: boolean;
  /** Why it is not usable; `null` when it is. */
  readonly reason: string | null;
  readonly until: number | null;
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
  const configured = provider.key !== null;
  const { inFlight, attempts, answers, failures, lastFailure } = providerHealth(
    health,
    provider.name,
  );
  const { reason, until } = whyNot(provider, health, now);
  const usable = reason === null;
  const counts = { inFlight, attempts, answers, failures };
  const about = { enabled, configured, usable, reason, until, model, ...counts };
  if (lastFailure === null) return { ...about, lastFailure };
  const { kind, message } = lastFailure.failure;
  return { ...about, lastFailure: { kind, message, at: lastFailure.at } };
}

function whyNot(
  provider: Provider,
  health: Health,
  now: number,
): { readonly reason: string | null; readonly until: number | null } {
  if (!provider.enabled) return { reason: "disabled in the configuration", until: null };
  if (provider.key === null) return { reason: `no key: ${provider.keySource}`, until: null };
  if (readiness(health, provider, now).state === "ready") return { reason: null, until: null };
  return reasonFor(provider, health, now);
}
