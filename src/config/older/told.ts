import type { Severity } from "../../errors.ts";
import type { Path } from "../document.ts";

/** What became of one key of an older file. */
export type OlderKey = {
  readonly path: Path;
  /** What it is now, or why it is left out; a sentence without its end. */
  readonly became: string;
  readonly hint: string;
  /** How much it matters to whoever loads the file; `null`: it is obeyed, and nobody is told. */
  readonly severity: Severity | null;
};

/** A key that is obeyed: whoever loads the file needs no word of it. */
export function obeyed(path: Path, became: string): OlderKey {
  return { path, became, hint: "", severity: null };
}

/** A key that whoever loads the file is told about. */
export function toldOf(
  severity: Severity,
  path: Path,
  became: string,
  hint: string = "",
): OlderKey {
  return { path, became, hint, severity };
}
