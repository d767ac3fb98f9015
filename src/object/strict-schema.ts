import type { JsonSchema } from "./json-schema.ts";

/** What a strict schema may have: developers.openai.com/api/docs/guides/structured-outputs. */
const taken = new Set([
  ...["type", "properties", "required", "additionalProperties", "items", "enum", "const"],
  ...["anyOf", "$ref", "$defs", "definitions", "title", "description", "pattern"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minItems", "maxItems"],
]);

/** What can be left to words, because the answer is checked afterwards. */
const inWords: Readonly<Record<string, (value: unknown) => string>> = {
  minLength: (value) => `At least ${String(value)} characters.`,
  maxLength: (value) => `At most ${String(value)} characters.`,
  format: (value) => `Format: ${String(value)}.`,
  uniqueItems: () => "No item twice.",
};

const withoutEffect = new Set(["default", "examples", "$comment", "deprecated", "readOnly"]);

/**
 * The schema in the form that vendors hold a model to strictly: objects have no further properties,
 * and a few limits are said in words. `null` where it cannot be said so.
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
  const fields: Record<string, unknown> = {};
  const words: string[] = [];
  for (const [name, value] of Object.entries(schema)) {
    const say = inWords[name];
    if (say !== undefined) words.push(say(value));
    else if (name === "oneOf") fields["anyOf"] = strictList(value);
    else if (!withoutEffect.has(name)) fields[name] = strictValue(name, value);
  }
  if (words.length > 0) {
    const { description } = fields;
    const own = typeof description === "string" ? [description] : [];
    fields["description"] = [...own, ...words].join(" ");
  }
  return fields["type"] === "object" ? closed(fields) : fields;
}

function strictValue(name: string, value: unknown): unknown {
  if (!taken.has(name)) throw new NotStrict();
  if (name === "items") return strict(value);
  if (name === "anyOf") return strictList(value);
  if (name !== "properties" && name !== "$defs" && name !== "definitions") return value;
  if (!isSchema(value)) throw new NotStrict();
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, strict(inner)]));
}

function strictList(value: unknown): readonly JsonSchema[] {
  if (!Array.isArray(value)) throw new NotStrict();
  return value.map(strict);
}

function closed(fields: Readonly<Record<string, unknown>>): JsonSchema {
  const { properties, required, additionalProperties: more } = fields;
  const names = isSchema(properties) ? Object.keys(properties) : [];
  const all = Array.isArray(required) && names.every((name) => required.includes(name));
  // What may be left out, or may be anything, has no strict form.
  if (!all || (more !== undefined && more !== false)) throw new NotStrict();
  return { ...fields, additionalProperties: false };
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
