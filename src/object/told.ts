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

/** Whether every vendor would take it as the schema of a whole answer: an object, no union. */
export function isPlainObjectSchema(schema: JsonSchema): boolean {
  return (
    schema["type"] === "object" && schema["anyOf"] === undefined && schema["$ref"] === undefined
  );
}
