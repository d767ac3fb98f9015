import type { Scope } from "../failure.ts";
import type { Vendor } from "../snapshot.ts";

/** What a provider is made of, as far as it says what can be unwell together. */
export type Ingredients = {
  readonly endpoint: string;
  readonly model: string;
  readonly vendor: Vendor;
  readonly account: string | null;
  /** A short digest of the key; `null` without one. */
  readonly keyDigest: string | null;
};

/** The name of each thing that can be unwell: equal for two providers that share it. */
export function identify(from: Ingredients): Readonly<Record<Scope, string>> {
  const endpoint = new URL(from.endpoint).origin;
  const key = `${endpoint} key ${from.keyDigest ?? "none"}`;
  const account = from.account === null ? key : `${from.vendor} account ${from.account}`;
  return {
    endpoint,
    key,
    account,
    // A model that is not found may only have been asked for at the wrong path.
    model: `${from.endpoint} model ${from.model}`,
    account_model: `${account} model ${from.model}`,
    key_model: `${key} model ${from.model}`,
  };
}
