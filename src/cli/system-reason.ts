import { getSystemErrorMessage } from "node:util";

/** Why the system refused something, in its own words: "no such file or directory". */
export function systemReason(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return errno === undefined ? message : getSystemErrorMessage(errno);
}
