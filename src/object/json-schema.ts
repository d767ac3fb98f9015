import type { ErrorObject, Options, ValidateFunction } from "ajv";
import { countGraphemes } from "./graphemes.ts";
import type { Issue } from "./verdict.ts";
import { sayPath } from "./verdict.ts";

/** A JSON Schema as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What is wrong with a value by a JSON Schema: nothing, when it is right. */
export type SchemaCheck = (value: unknown) => readonly (Issue & { readonly keyword: string })[];

const options: Options = {
  allErrors: true,
  // A model is to be told everything; a schema from elsewhere may say more than is known here.
  strict: false,
  verbose: true,
  validateFormats: false,
  // What every object has by birth, such as `constructor`, is no answer.
  ownProperties: true,
  logger: false,
};

const known = new WeakMap<JsonSchema, { readonly text: string; readonly check: SchemaCheck }>();

/**
 * The check of a schema of draft-07, 2019-09 or 2020-12, with `maxGraphemes` and `minGraphemes`
 * besides. Throws an Error that says what is wrong with the schema.
 */
export async function checkBySchema(schema: JsonSchema): Promise<SchemaCheck> {
  const text = JSON.stringify(schema);
  const before = known.get(schema);
  if (before?.text === text) return before.check;
  const validate = await compile(schema);
  const check: SchemaCheck = (value) => {
    if (validate(value)) return [];
    return (validate.errors ?? []).filter((error) => !quiet.has(error.keyword)).map(issueOf);
  };
  known.set(schema, { text, check });
  return check;
}

async function compile(schema: JsonSchema): Promise<ValidateFunction> {
  if ("$async" in schema) throw new Error("`$async` schemas are not taken");
  const { $schema: said } = schema;
  const stated = typeof said === "string" ? said : "";
  if (stated.includes("draft-07") || stated.includes("draft-06")) return by07(schema);
  if (stated.includes("2019-09")) return by2019(schema);
  try {
    return await by2020(schema);
  } catch (error) {
    // Without a word about it, only lists of items tell the drafts apart.
    if (stated !== "") throw error;
    return await by07(schema).catch(() => Promise.reject(error as Error));
  }
}

async function by07(schema: JsonSchema): Promise<ValidateFunction> {
  const { Ajv } = await import("ajv");
  return withOwnKeywords(new Ajv(options)).compile(schema);
}

async function by2019(schema: JsonSchema): Promise<ValidateFunction> {
  const { Ajv2019 } = await import("ajv/dist/2019.js");
  return withOwnKeywords(new Ajv2019(options)).compile(schema);
}

async function by2020(schema: JsonSchema): Promise<ValidateFunction> {
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  return withOwnKeywords(new Ajv2020(options)).compile(schema);
}

type Compiler = InstanceType<typeof import("ajv").Ajv>;

function withOwnKeywords<Made extends Pick<Compiler, "addKeyword" | "removeKeyword">>(
  ajv: Made,
): Made {
  const metaSchema = { type: "integer", minimum: 0 } as const;
  const common = { type: "string", schemaType: "number", errors: false, metaSchema } as const;
  const fits = {
    maxGraphemes: (most: number) => (text: string) =>
      text.length <= most || countGraphemes(text) <= most,
    minGraphemes: (least: number) => (text: string) => countGraphemes(text) >= least,
  };
  ajv.addKeyword({ keyword: "maxGraphemes", compile: fits.maxGraphemes, ...common });
  ajv.addKeyword({ keyword: "minGraphemes", compile: fits.minGraphemes, ...common });
  ajv.removeKeyword("multipleOf");
  const number = { type: "number", schemaType: "number", errors: false } as const;
  const positive = { type: "number", exclusiveMinimum: 0 } as const;
  ajv.addKeyword({ keyword: "multipleOf", compile: multipleOf, ...number, metaSchema: positive });
  return ajv;
}

// 19.99 is a multiple of 0.01, though no double says so: both are rounded, and so is the quotient.
function multipleOf(step: number): (value: number) => boolean {
  return (value) => {
    const quotient = value / step;
    return Math.abs(quotient - Math.round(quotient)) <= 2 * Number.EPSILON * Math.abs(quotient);
  };
}

// They only say that something below them is wrong.
const quiet = new Set(["if", "allOf", "propertyNames"]);

function issueOf(error: ErrorObject): ReturnType<SchemaCheck>[number] {
  const keys = error.instancePath.split("/").slice(1).map(unescaped);
  const params: Readonly<Record<string, unknown>> = error.params;
  const below = params[belowOf[error.keyword] ?? ""];
  const path = sayPath(typeof below === "string" ? [...keys, below] : keys);
  const { propertyName: key } = error;
  const ofKey = key === undefined ? "" : `has the key ${JSON.stringify(key)}: `;
  return { path, message: ofKey + wording(error, params), keyword: error.keyword };
}

/** A key as it is, out of a JSON Pointer: rfc-editor.org/rfc/rfc6901. */
export function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** Where the fault lies one key below the place that ajv names. */
const belowOf: Readonly<Record<string, string>> = {
  required: "missingProperty",
  additionalProperties: "additionalProperty",
  unevaluatedProperties: "unevaluatedProperty",
};

function wording(error: ErrorObject, params: Readonly<Record<string, unknown>>): string {
  const { keyword, data, schema } = error;
  const text = typeof data === "string" ? data : "";
  switch (keyword) {
    case "required":
      return "is missing";
    case "additionalProperties":
    case "unevaluatedProperties":
      return "is not part of the object";
    case "enum":
      return `must be one of ${listed(params["allowedValues"])}`;
    case "false schema":
      return "is not allowed";
    case "const":
      return `must be ${JSON.stringify(params["allowedValue"])}`;
    case "type":
      return `must be ${[params["type"]].flat().join(" or ")}, and is ${typeOf(data)}`;
    case "multipleOf":
      return `must be a multiple of ${String(schema)}`;
    case "maxGraphemes":
      return `${countGraphemes(text)} graphemes, at most ${String(schema)}`;
    case "minGraphemes":
      return `${countGraphemes(text)} graphemes, at least ${String(schema)}`;
    case "maxLength":
      return `${Array.from(text).length} characters, at most ${String(schema)}`;
    case "minLength":
      return `${Array.from(text).length} characters, at least ${String(schema)}`;
    case "maxItems":
      return `${sizeOf(data)} items, at most ${String(schema)}`;
    case "minItems":
      return `${sizeOf(data)} items, at least ${String(schema)}`;
    default:
      return (error.message ?? `is against \`${keyword}\``).replace("must NOT", "must not");
  }
}

function listed(values: unknown): string {
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  return list.map((value) => JSON.stringify(value)).join(", ");
}

function sizeOf(data: unknown): number {
  return Array.isArray(data) ? data.length : 0;
}

/** What a value is, in the words of JSON Schema. */
export function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
