import type { JsonSchema } from "./json-schema.ts";

/** A schema as models are told it: nothing but standard keywords, our own said in words. */
export function toldSchema(schema: JsonSchema): JsonSchema {
  const { $schema: _, ...told } = said(schema) as JsonSchema;
  return told;
}

/** What holds values and no schemas: nothing in it is a keyword. */
const values = new Set(["enum", "const", "default", "examples"]);

/** What holds schemas by names that are the caller's: none of them is a keyword. */
const named = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
]);

function said(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(said);
  if (typeof schema !== "object" || schema === null) return schema;
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(schema)) {
    if (values.has(name)) fields[name] = value;
    else fields[name] = named.has(name) ? saidByName(value) : said(value);
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

function saidByName(schemas: unknown): unknown {
  if (typeof schemas !== "object" || schemas === null) return schemas;
  return Object.fromEntries(Object.entries(schemas).map(([name, one]) => [name, said(one)]));
}

/** Whether every vendor would take it as the schema of a whole answer: an object, no union. */
export function isPlainObjectSchema(schema: JsonSchema): boolean {
  return (
    schema["type"] === "object" && schema["anyOf"] === undefined && schema["$ref"] === undefined
  );
}
