import type { JsonSchema } from "./json-schema.ts";

/** A schema as models are told it: nothing but standard keywords, our own said in words. */
export function toldSchema(schema: JsonSchema): JsonSchema {
  const { $schema: _, ...told } = said(schema) as JsonSchema;
  return told;
}

/** What holds values and no schemas: nothing in it is a keyword. */
const values = new Set(["enum", "const", "default", "examples"]);

function said(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(said);
  if (typeof schema !== "object" || schema === null) return schema;
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(schema)) {
    fields[name] = values.has(name) ? value : said(value);
  }
  const { maxGraphemes: most, minGraphemes: least, description } = fields;
  if (typeof most !== "number" && typeof least !== "number") return fields;
  delete fields["maxGraphemes"];
  delete fields["minGraphemes"];
  const bounds = [
    ...(typeof least === "number" ? [`at least ${least}`] : []),
    ...(typeof most === "number" ? [`at most ${most}`] : []),
  ];
  const limit = `Length: ${bounds.join(", ")} characters (an emoji counts as one).`;
  fields["description"] = typeof description === "string" ? `${description} ${limit}` : limit;
  return fields;
}

/** What a strict schema may have: developers.openai.com/api/docs/guides/structured-outputs. */
const strictKeywords = new Set([
  ...["type", "properties", "required", "additionalProperties", "items", "enum", "const"],
  ...["anyOf", "$ref", "$defs", "definitions", "title", "description"],
  ...["pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minItems", "maxItems"],
]);

/**
 * The schema in the form that vendors hold a model to strictly, if it can be said in that form
 * without a change of its meaning but one: an object has no further properties. Else `null`.
 */
export function strictSchema(schema: JsonSchema): JsonSchema | null {
  try {
    return strict(schema);
  } catch (error) {
    if (error instanceof NotStrict) return null;
    throw error;
  }
}

class NotStrict extends Error {}

function strict(schema: unknown): JsonSchema {
  if (!isSchema(schema)) throw new NotStrict();
  const fields: Record<string, unknown> = { ...schema };
  for (const [name, value] of Object.entries(schema)) {
    if (!strictKeywords.has(name)) throw new NotStrict();
    if (name === "properties" || name === "$defs" || name === "definitions") {
      if (!isSchema(value)) throw new NotStrict();
      const entries = Object.entries(value).map(([key, inner]) => [key, strict(inner)]);
      fields[name] = Object.fromEntries(entries);
    } else if (name === "items") fields[name] = strict(value);
    else if (name === "anyOf") {
      if (!Array.isArray(value)) throw new NotStrict();
      fields[name] = value.map(strict);
    }
  }
  if (fields["type"] !== "object" && schema["properties"] === undefined) return fields;
  const { properties, required, additionalProperties: more } = fields;
  const names = isSchema(properties) ? Object.keys(properties) : [];
  const all = Array.isArray(required) && names.every((name) => required.includes(name));
  if (!all || (more !== undefined && more !== false)) throw new NotStrict();
  return { ...fields, additionalProperties: false };
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether every vendor would take it as the schema of a whole answer: an object, no union. */
export function isPlainObjectSchema(schema: JsonSchema): boolean {
  return (
    schema["type"] === "object" && schema["anyOf"] === undefined && schema["$ref"] === undefined
  );
}
