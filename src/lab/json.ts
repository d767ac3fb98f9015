/** A JSON object whose fields are not yet known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object, or `null` for a list, a scalar or nothing. */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : null;
}
