import type { Problem, Severity } from "../errors.ts";
import type { Document, Path } from "./document.ts";
import { quote, scrub } from "./show.ts";

/** Something found, before its place is looked up. */
export type Finding = {
  readonly severity: Severity;
  readonly path: Path;
  readonly message: string;
  readonly hint: string;
  /** Where it stands, if that is not the place of the path's value. */
  readonly offset?: number;
  /** The key that was meant by another: then nobody need be told that it is missing. */
  readonly meant?: string;
};

/** A finding with its place, and with everything masked that looks like a key. */
export function toProblem(document: Document, finding: Finding): Problem {
  const { severity, path, message, hint, offset } = finding;
  const place = offset === undefined ? document.placeOf(path) : document.placeAt(offset);
  const said = { path: sayPath(path), message: scrub(message), hint: scrub(hint) };
  return { severity, ...said, ...place };
}

/** A problem of the file as a whole, told at its first character. */
export function wholeFileProblem(message: string, hint: string): Problem {
  return { severity: "error", path: "", line: 1, column: 1, message: scrub(message), hint };
}

// As one would write it in JavaScript, such as `failure_rules[0].kind`.
function sayPath(path: Path): string {
  const parts = path.map((part, index) => {
    if (typeof part === "number") return `[${part}]`;
    const plain = /^[\w$-]{1,60}$/u.test(part) && scrub(part) === part;
    return plain ? `${index === 0 ? "" : "."}${part}` : `[${quote(part)}]`;
  });
  return parts.join("");
}

/** An error found at a path. */
export function error(path: Path, message: string, hint: string): Finding {
  return { severity: "error", path, message, hint };
}

/** A warning found at a path. */
export function warning(path: Path, message: string, hint: string): Finding {
  return { severity: "warning", path, message, hint };
}
