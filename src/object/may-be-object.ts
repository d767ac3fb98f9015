import type { JsonSchema } from "./json-schema.ts";
import { unescaped } from "./json-schema.ts";

/** References that lead on to references, more than anybody means. */
const mostSteps = 32;

/** Whether some object could fit a JSON Schema; what cannot be told is taken for yes. */
export function mayBeObject(schema: unknown, root: JsonSchema, steps = 0): boolean {
  if (schema === false) return false;
  if (!isSchema(schema) || steps > mostSteps) return true;
  const { type, const: only, enum: values, $ref, anyOf, oneOf, allOf } = schema;
  const below = (one: unknown): boolean => mayBeObject(one, root, steps + 1);
  if (type !== undefined && ![type].flat().includes("object")) return false;
  if (only !== undefined && !isSchema(only)) return false;
  if (Array.isArray(values) && !values.some(isSchema)) return false;
  if (typeof $ref === "string" && $ref.startsWith("#") && !below(at($ref, root))) return false;
  if (Array.isArray(anyOf) && !anyOf.some(below)) return false;
  if (Array.isArray(oneOf) && !oneOf.some(below)) return false;
  return !Array.isArray(allOf) || allOf.every(below);
}

// What a JSON Pointer in a reference names.
function at(reference: string, root: JsonSchema): unknown {
  const keys = decodeURIComponent(reference.slice(1)).split("/").slice(1);
  let found: unknown = root;
  for (const key of keys) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Reflect.get(found, unescaped(key));
  }
  return found;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
