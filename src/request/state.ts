import type { Health } from "../resilience/health.ts";
import { readiness } from "../resilience/readiness.ts";
import type { Provider } from "../snapshot.ts";
import { reasonFor } from "./exhausted.ts";

/** Whether a provider may be asked, in one word. */
export type StateName = "ready" | "cooling" | "open" | "probing" | "disabled" | "not_configured";

/** Whether a provider may be asked, why not, and until when. Times are epoch milliseconds. */
export type ProviderState = {
  readonly state: StateName;
  /** `null` when it is ready. */
  readonly reason: string | null;
  /** `null` when it is ready, or when nobody knows. */
  readonly until: number | null;
};

/** The state of a provider at a moment. */
export function stateOf(provider: Provider, health: Health, now: number): ProviderState {
  if (!provider.enabled) {
    return { state: "disabled", reason: "disabled in the configuration", until: null };
  }
  if (provider.key === null) {
    return { state: "not_configured", reason: `no key: ${provider.keySource}`, until: null };
  }
  const ready = readiness(health, provider, now);
  if (ready.state === "ready") return { state: "ready", reason: null, until: null };
  const { reason, until } = reasonFor(provider, health, now);
  const probed = ready.state === "open" && ready.probed;
  return { state: probed ? "probing" : ready.state, reason, until };
}
