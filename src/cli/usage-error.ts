/** A command that was not given as it must be; its message says how to give it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
