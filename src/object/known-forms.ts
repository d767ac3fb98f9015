import type { Provider } from "../snapshot.ts";
import type { ObjectMode } from "./mode.ts";

/** Which form of asking for an object each provider has refused, while its settings stand. */
export type KnownForms = {
  /** The weakest form that is known to be refused; `null`: none is. */
  refusedBy(provider: Provider): ObjectMode | null;
  /** Keeps that a form was refused, and that a weaker one was answered. */
  keep(provider: Provider, refused: ObjectMode): void;
};

/** Knows nothing yet; what it learns goes with the configuration it was learnt under. */
export function createKnownForms(): KnownForms {
  const refused = new WeakMap<Provider, ObjectMode>();
  return {
    refusedBy: (provider) => refused.get(provider) ?? null,
    keep: (provider, mode) => void refused.set(provider, mode),
  };
}
