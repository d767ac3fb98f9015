/** What a JSON text holds, and which of its numbers no program can hold as they are written. */
export type ParsedJson = {
  readonly value: unknown;
  /** The first number beyond what a double can be, such as 1e999, as it was written. */
  readonly beyond: string | null;
  /** The first whole number that is rounded, such as 9007199254740993, as it was written. */
  readonly rounded: string | null;
};

/** Reads a JSON text. Throws SyntaxError. */
export function parseJson(text: string): ParsedJson {
  let beyond: string | null = null;
  let rounded: string | null = null;
  function revive(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
    if (typeof value !== "number") return value;
    const written = context?.source ?? String(value);
    if (!Number.isFinite(value)) beyond ??= written;
    else if (/^-?\d+$/u.test(written) && BigInt(written) !== BigInt(value)) rounded ??= written;
    return value;
  }
  const value: unknown = JSON.parse(text, revive);
  return { value, beyond, rounded };
}
