import { asObject, type JsonObject } from "../json.ts";

/** What a strict schema may hold: developers.openai.com/api/docs/guides/structured-outputs. */
const permitted = new Set([
  ...["type", "properties", "required", "additionalProperties", "items", "enum", "const"],
  ...["$schema", "anyOf", "$ref", "$defs", "definitions", "title", "description"],
  ...["pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
  ...["multipleOf", "minItems", "maxItems"],
]);

/** What OpenAI says of a `response_format` of `json_schema` it does not take, or `null`. */
export function schemaProblem(format: JsonObject): string | null {
  const described = asObject(format["json_schema"]);
  const name = described?.["name"];
  if (typeof name !== "string" || !/^[\w-]{1,64}$/.test(name)) {
    return "Invalid 'response_format.json_schema.name': string does not match '^[a-zA-Z0-9_-]+$'.";
  }
  const schema = asObject(described?.["schema"]);
  const about = `Invalid schema for response_format '${name}'`;
  if (schema?.["type"] !== "object") {
    const type = JSON.stringify(schema?.["type"] ?? "None");
    return `${about}: schema must be a JSON Schema of 'type: "object"', got 'type: ${type}'.`;
  }
  const problem = described?.["strict"] === true ? strictProblem(schema, []) : null;
  return problem === null ? null : `${about}: ${problem}`;
}

function strictProblem(schema: JsonObject, path: readonly string[]): string | null {
  const context = `In context=(${path.map((step) => `'${step}'`).join(", ")})`;
  const foreign = Object.keys(schema).find((keyword) => !permitted.has(keyword));
  if (foreign !== undefined) return `${context}, '${foreign}' is not permitted.`;
  const properties = asObject(schema["properties"]) ?? {};
  if (schema["type"] === "object") {
    if (schema["additionalProperties"] !== false) {
      return `${context}, 'additionalProperties' is required to be supplied and to be false.`;
    }
    const required: readonly unknown[] = Array.isArray(schema["required"])
      ? schema["required"]
      : [];
    const missing = Object.keys(properties).find((name) => !required.includes(name));
    if (missing !== undefined) {
      return (
        `${context}, 'required' is required to be supplied and to be an array including ` +
        `every key in properties. Missing '${missing}'.`
      );
    }
  }
  for (const [name, inner] of Object.entries({ ...properties, ...itemsOf(schema) })) {
    const step = name === "items" && schema["type"] === "array" ? [] : ["properties"];
    const problem = strictProblem(asObject(inner) ?? {}, [...path, ...step, name]);
    if (problem !== null) return problem;
  }
  return null;
}

function itemsOf(schema: JsonObject): JsonObject {
  return schema["type"] === "array" ? { items: schema["items"] } : {};
}
