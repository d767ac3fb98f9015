import type { Severity } from "../../errors.ts";
import type { Path } from "../document.ts";

/** What became of one key of an older file. */
export type OlderKey = {
  readonly path: Path;
  /** What it is in the form of this version, in a few words; `null`: it is left out. */
  readonly now: string | null;
  /** What whoever loads the file is told of it, or why it is left out; may be empty. */
  readonly message: string;
  readonly hint: string;
  /** How much it matters to whoever loads the file; `null`: they are not told. */
  readonly severity: Severity | null;
};

/** A key that is obeyed. */
export function obeyed(path: Path, now: string): OlderKey {
  return { path, now, message: "", hint: "", severity: null };
}

/** A key without which everything is the same. */
export function leftOut(path: Path, why: string): OlderKey {
  return { path, now: null, message: why, hint: "", severity: null };
}

/** A key that whoever loads the file is told about. */
export function toldOf(
  severity: Severity,
  path: Path,
  message: string,
  rest: { readonly hint?: string; readonly now?: string } = {},
): OlderKey {
  return { path, now: rest.now ?? null, message, hint: rest.hint ?? "", severity };
}
