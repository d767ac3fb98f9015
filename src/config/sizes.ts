import type { Path } from "./document.ts";
import type { Finding } from "./problem.ts";
import { error } from "./problem.ts";
import { fileLimits } from "./schema.ts";

/** The objects and lists of a value that hold more than any configuration needs. */
export function checkSizes(value: unknown, path: Path = []): readonly Finding[] {
  if (typeof value !== "object" || value === null) return [];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  if (entries.length > fileLimits.entries) {
    const message = `has ${entries.length} entries, more than the ${fileLimits.entries} allowed`;
    return [error(path, message, "leave out what is not used")];
  }
  return entries.flatMap(([key, held]) => checkSizes(held, [...path, key]));
}
