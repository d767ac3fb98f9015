import type { Severity } from "../errors.ts";
import type { ReadSecret, SecretPorts } from "./read-secret.ts";
import { failed, flawOf, found, keyAlone, readElsewhere } from "./read-secret.ts";
import { isPlaceholder, readReference, saysNoKey } from "./reference.ts";

/** What is known of the place that a key is for. */
export type KeyPlace = {
  /** The variables whose key may go there. */
  readonly usualVariables: readonly string[];
  /** Whether it is within the house, where a server may need no key. */
  readonly isPrivate: boolean;
};

/** Reads a key as the file has it; a placeholder takes the first of the usual variables set. */
export function readKey(written: string, place: KeyPlace, ports: SecretPorts): ReadSecret {
  const { usualVariables, isPrivate } = place;
  if (saysNoKey(written)) return isPrivate ? needless : readMisplaced(usualVariables, ports);
  if (written.trim() === "" && isPrivate && usualVariables.length === 0) return needless;
  const reference = readReference(written);
  switch (reference.from) {
    case "placeholder":
      return readUsual(usualVariables, ports, written.trim() === "" ? empty : template);
    case "inline": {
      const flaw = flawOf(reference.value);
      if (flaw !== null) return failed("inline", `holds ${flaw}`, keyAlone);
      if (ports.inProgram === true) return { value: reference.value, source: "inline", told: null };
      const hint = `keep it out of the file: write "env:${usualVariables[0] ?? "NAME"}"`;
      return found(reference.value, "inline", "warning", "the key stands in the file itself", hint);
    }
    case "variable":
    case "file":
    case "nowhere":
      return readElsewhere(reference, ports);
  }
}

// A server that asks for no key takes any.
const needless: ReadSecret = { value: "no-key", source: "none needed", told: null };

// At a host that nobody knows it may be true; a vendor's own takes nobody without a key.
function readMisplaced(usualVariables: readonly string[], ports: SecretPorts): ReadSecret {
  const message = "this says that no key is needed, and the host is a public one";
  if (usualVariables.length > 0) {
    return readUsual(usualVariables, ports, {
      here: message,
      missing: message,
      severity: "warning",
    });
  }
  const told = { severity: "warning", message, hint: 'write its key, as in "env:NAME"' } as const;
  return { ...needless, told };
}

// Why a vendor's usual variable is looked up, where it is set and where it is not.
type Why = { readonly here: string; readonly missing: string; readonly severity: Severity };

const template: Why = {
  here: "a placeholder stands here",
  missing: "a placeholder stands where the key should",
  severity: "note",
};
const empty: Why = { here: "is empty", missing: "the key is empty", severity: "note" };

function readUsual(
  variables: readonly string[],
  { environment }: SecretPorts,
  { here, missing, severity }: Why,
): ReadSecret {
  for (const name of variables) {
    const value = environment.get(name)?.trim() ?? "";
    if (isPlaceholder(value)) continue;
    const source = `variable ${name}`;
    const flaw = flawOf(value);
    if (flaw !== null) return failed(source, `the variable ${name} holds ${flaw}`, keyAlone);
    const message = `${here}: the key is taken from the variable ${name}`;
    return found(value, source, severity, message, `write "env:${name}" to say so`);
  }
  const either = variables.join(" or ");
  const message = `not configured, and skipped: ${missing}`;
  const hint = either === "" ? 'write it like "env:NAME"' : `set the variable ${either}`;
  const told = { severity: "warning", message, hint } as const;
  return { value: null, source: either === "" ? "nowhere" : `not set: ${either}`, told };
}
