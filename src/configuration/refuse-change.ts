import type { Change } from "../config/revise.ts";
import type { Problem } from "../errors.ts";
import { LLMConfigurationError } from "../errors.ts";
import type { Snapshot } from "../snapshot.ts";

/** Throws LLMConfigurationError for a change that names nobody, or that can be of no use. */
export function refuseChange(change: Change, snapshot: Snapshot, source: string): void {
  const flaw = flawOf(change, snapshot);
  if (flaw === null) return;
  const path = `providers.${change.provider}`;
  const place = { line: 1, column: 1 };
  const problem: Problem = { severity: "error", path, ...place, ...flaw };
  throw new LLMConfigurationError(source, [problem], "The change cannot be made");
}

type Flaw = { readonly message: string; readonly hint: string };

function flawOf(change: Change, { providers }: Snapshot): Flaw | null {
  const found = providers.find(({ name }) => name === change.provider);
  if (found === undefined) {
    const names = providers.map(({ name }) => name);
    const hint = `there ${names.length === 1 ? "is" : "are"} ${names.join(", ")}`;
    return { message: "there is no such provider", hint };
  }
  if (change.setting === "priority") return priorityFlaw(change.now);
  if (change.setting === "enabled" && !change.now) return null;
  if (found.key === null) {
    const hint = "give it a key, and reload the configuration";
    return { message: `cannot be asked: it has no key (${found.keySource})`, hint };
  }
  if (change.setting === "default" && !found.enabled) {
    return { message: "is disabled", hint: "enable it first" };
  }
  return null;
}

function priorityFlaw(priority: unknown): Flaw | null {
  const isOne = typeof priority === "number" && priority >= 0 && priority <= 1_000;
  if (isOne) return null;
  return { message: "a priority is a number from 0 to 1000", hint: "lower is asked earlier" };
}
