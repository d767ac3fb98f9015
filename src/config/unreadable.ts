import type { Problem } from "../errors.ts";
import { wholeFileProblem } from "./problem.ts";
import { reasonOf } from "./read-secret.ts";

/** The problem that a configuration's file cannot be read, from what the system threw. */
export function unreadableFile(thrown: unknown): Problem {
  const reason = reasonOf(thrown);
  const missing = reason === "there is no such file";
  const hint = missing
    ? "`standin init` writes a first one; or give the path of yours"
    : "give the path of a file that this program may read";
  return wholeFileProblem(`the file cannot be read: ${reason}`, hint);
}
