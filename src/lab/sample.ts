import { asObject, type JsonObject } from "./json.ts";

/** An object with a JSON Schema's properties, always the same, as a simulated model says it. */
export function sampleOf(schema: JsonObject | null): JsonObject {
  const properties = asObject(schema?.["properties"]) ?? {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [name, sample(asObject(inner))]),
  );
}

function sample(schema: JsonObject | null): unknown {
  const choices = schema?.["enum"];
  if (Array.isArray(choices) && choices.length > 0) return choices[0] as unknown;
  switch (schema?.["type"]) {
    case "number":
    case "integer":
      return 1;
    case "boolean":
      return true;
    case "array":
      return Array.from({ length: Number(schema["minItems"] ?? 0) }, () =>
        sample(asObject(schema["items"])),
      );
    case "object":
      return sampleOf(schema);
    default:
      return "simulated";
  }
}
