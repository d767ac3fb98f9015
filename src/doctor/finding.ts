import type { Failure } from "../failure.ts";
import type { Provider } from "../snapshot.ts";
import type { Names } from "./model-names.ts";
import type { Sighting } from "./witness.ts";

/** All that the words for a cause are made of. */
export type Finding = {
  readonly provider: Provider;
  readonly failure: Failure;
  readonly sighting: Sighting;
  /** How long the exchange might take, in milliseconds. */
  readonly limitMs: number;
  readonly wholeMs: number;
  /** The vendor's own words on one line, nothing in them that looks like a key; may be empty. */
  readonly said: string;
  /** The names of models the provider has, where the one it was asked for is unknown. */
  readonly names: Names | null;
};

/** What was found, and what to do about it: a sentence or two each. */
export type Words = { readonly message: string; readonly advice: string };

/** A key of a provider in the file, as problems name it. */
export function fileKey({ name }: Provider, key: string): string {
  return `providers.${name}.${key}`;
}

/** Host and port of a provider, as they are connected to. */
export function hostOf({ endpoint }: Provider): string {
  const { protocol, hostname, port } = new URL(endpoint);
  return `${hostname}:${port === "" ? (protocol === "https:" ? "443" : "80") : port}`;
}

/** What a reply or a system said in numbers and codes, in brackets; empty if nothing. */
export function marks({ failure, sighting }: Pick<Finding, "failure" | "sighting">): string {
  const status = failure.status ?? sighting.status;
  const parts = [status === null ? "" : String(status), failure.code ?? ""];
  const told = parts.filter((part) => part !== "").join(" ");
  return told === "" ? "" : ` (${told})`;
}

/** The vendor's own words after a colon; empty if there are none. */
export function quote({ said }: Pick<Finding, "said">): string {
  return said === "" ? "" : `: "${said.replace(/\.$/, "")}"`;
}

/** Milliseconds as seconds: two digits below ten, else one. */
export function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}

/** A limit as it was written: seconds without needless digits. */
export function asLimit(milliseconds: number): string {
  return `${Math.round(milliseconds) / 1_000} s`;
}
