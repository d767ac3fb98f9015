import type { Failure } from "../failure.ts";
import type { Journal } from "../journal.ts";
import type { Provider } from "../snapshot.ts";

/** Where a request still means to try again: while it does, a guessed cool-down stays short. */
export type Intentions = {
  intend(provider: Provider, failure: Failure, failedAt: number): void;
  /** An attempt begins here: what was meant for this provider happens now. */
  fulfil(provider: Provider): void;
  /** Tells of every provider that was left for good. */
  abandonAll(at: number): void;
};

/** The intentions of one request: none yet. */
export function createIntentions(request: string, journal: Journal): Intentions {
  const pending = new Map<Provider, { readonly failure: Failure; readonly failedAt: number }>();
  return {
    intend: (provider, failure, failedAt) => void pending.set(provider, { failure, failedAt }),
    fulfil: (provider) => void pending.delete(provider),
    abandonAll(at) {
      for (const [{ name, identity }, { failure, failedAt }] of pending) {
        const about = { request, provider: name, identity, failure, failedAt };
        journal.emit({ type: "attempt-abandoned", at, ...about });
      }
      pending.clear();
    },
  };
}
