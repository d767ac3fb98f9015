import type { JsonSchema } from "./json-schema.ts";
import { unescaped } from "./json-schema.ts";

/** Whether some object could fit a JSON Schema; what cannot be told is taken for yes. */
export function mayBeObject(schema: unknown, root: JsonSchema): boolean {
  // Each part is judged once: references may lead back, and to one part from many.
  const judged = new Map<JsonSchema, boolean>();

  function judge(one: unknown): boolean {
    if (one === false) return false;
    if (!isSchema(one)) return true;
    const known = judged.get(one);
    if (known !== undefined) return known;
    judged.set(one, true);
    const verdict = judgeParts(one);
    judged.set(one, verdict);
    return verdict;
  }

  function judgeParts(one: JsonSchema): boolean {
    const { type, const: only, enum: values, $ref, anyOf, oneOf, allOf } = one;
    if (type !== undefined && ![type].flat().includes("object")) return false;
    if (only !== undefined && !isSchema(only)) return false;
    if (Array.isArray(values) && !values.some(isSchema)) return false;
    if (typeof $ref === "string" && $ref.startsWith("#") && !judge(at($ref, root))) return false;
    if (Array.isArray(anyOf) && !anyOf.some(judge)) return false;
    if (Array.isArray(oneOf) && !oneOf.some(judge)) return false;
    return !Array.isArray(allOf) || allOf.every(judge);
  }

  return judge(schema);
}

// What a JSON Pointer in a reference names.
function at(reference: string, root: JsonSchema): unknown {
  // An anchor is looked up by whoever compiles the schema.
  if (reference !== "#" && !reference.startsWith("#/")) return undefined;
  const keys = pointerOf(reference).split("/").slice(1);
  let found: unknown = root;
  for (const key of keys) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Reflect.get(found, unescaped(key));
  }
  return found;
}

function pointerOf(reference: string): string {
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    // Bytes that are no UTF-8.
    return reference.slice(1);
  }
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
