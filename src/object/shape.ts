import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { JsonSchema } from "./json-schema.ts";
import { checkBySchema } from "./json-schema.ts";
import { mayBeObject } from "./may-be-object.ts";
import type { Verdict } from "./verdict.ts";
import { sayPath } from "./verdict.ts";

/** What an object must be, ready for use. */
export type Shape = {
  /** `null`: the caller's own messages say what is wanted. */
  readonly json: JsonSchema | null;
  /** Throws, or rejects, only where the caller's own check does. */
  check(value: unknown): Verdict | Promise<Verdict>;
};

/** A schema that cannot be used; its message says what to do. */
export class SchemaProblem extends Error {
  override readonly name = "SchemaProblem";
}

/** Makes a schema ready for use. Rejects with SchemaProblem. */
export async function shapeOf(
  schema: unknown,
  given: JsonSchema | null | undefined,
): Promise<Shape> {
  if (given !== undefined && given !== null) requireObject(given, "`jsonSchema`");
  if (isStandard(schema)) return standardShape(schema, given);
  requireObject(schema, "`schema`");
  if (given !== undefined) {
    throw new SchemaProblem("`jsonSchema` goes beside a `schema` that is no JSON Schema itself.");
  }
  const check = await compiled(schema);
  return {
    json: schema,
    check(value) {
      const issues = check(value);
      return issues.length === 0 ? { right: true, value } : { right: false, issues };
    },
  };
}

async function standardShape(
  schema: StandardSchemaV1,
  given: JsonSchema | null | undefined,
): Promise<Shape> {
  const json = given === undefined ? derived(schema) : given;
  if (json !== null) requireObject(json, "what the schema says of itself as JSON Schema");
  const counts = json !== null && /"(max|min)Graphemes"/u.test(JSON.stringify(json));
  const graphemes = counts ? await compiled(json) : () => [];
  const validate = validatorOf(schema);
  return {
    json,
    async check(value) {
      const result = await validate(value);
      // What is given back is counted, which a schema may have made of what the model wrote.
      const counted = result.issues === undefined ? result.value : value;
      const tooLong = graphemes(counted).filter(({ keyword }) => keyword.endsWith("Graphemes"));
      if (result.issues === undefined && tooLong.length === 0) {
        return { right: true, value: result.value };
      }
      const issues = (result.issues ?? []).map(({ path = [], message }) => ({
        path: sayPath(path.map((key) => (typeof key === "object" ? key.key : key))),
        message: typeof message === "string" ? message : "",
      }));
      return { right: false, issues: [...issues, ...tooLong] };
    },
  };
}

type Validated = (value: unknown) => Promise<StandardSchemaV1.Result<unknown>>;

type ZodResult =
  | { readonly success: true; readonly data: unknown }
  | { readonly success: false; readonly error: { readonly issues: readonly ZodIssue[] } };

type ZodIssue = { readonly path: readonly PropertyKey[]; readonly message: string };

/**
 * How a schema checks a value. Of zod's it is zod's own asynchronous way: by Standard Schema it
 * begins once more where a check turns out to be asynchronous, and lets the first one fall, whose
 * error nobody could catch.
 */
function validatorOf(schema: StandardSchemaV1): Validated {
  const { vendor } = schema["~standard"];
  const own: unknown = Reflect.get(schema, "safeParseAsync");
  if (vendor !== "zod" || typeof own !== "function") {
    return async (value) => schema["~standard"].validate(value);
  }
  const parse = own as (value: unknown) => Promise<ZodResult>;
  return async (value) => {
    const result = await parse.call(schema, value);
    return result.success ? { value: result.data } : { issues: result.error.issues };
  };
}

function isStandard(schema: unknown): schema is StandardSchemaV1 {
  if ((typeof schema !== "object" && typeof schema !== "function") || schema === null) return false;
  const props: unknown = Reflect.get(schema, "~standard");
  return typeof props === "object" && props !== null && "validate" in props;
}

const advice: Readonly<Record<string, string>> = {
  valibot: "pass `jsonSchema: toJsonSchema(schema)` from @valibot/to-json-schema beside it",
  zod: "use zod 4, or pass a JSON Schema as `jsonSchema` beside it",
};

const plainAdvice = "pass a JSON Schema as `jsonSchema` beside it";

function derived(schema: StandardSchemaV1): JsonSchema {
  const props = schema["~standard"];
  const otherwise = ", or `jsonSchema: null` if your messages say what the object is";
  const converter: unknown = Reflect.get(props, "jsonSchema");
  if (typeof converter !== "object" || converter === null || !("input" in converter)) {
    throw new SchemaProblem(
      `This ${props.vendor} schema cannot say itself as JSON Schema, so no model could be told ` +
        `what it is: ${advice[props.vendor] ?? plainAdvice}${otherwise}.`,
    );
  }
  const { input } = converter as { input: (how: { target: string }) => JsonSchema };
  try {
    return input({ target: "draft-2020-12" });
  } catch (error) {
    throw new SchemaProblem(
      `This ${props.vendor} schema cannot be said as JSON Schema (${reason(error)}): ` +
        `use what JSON can hold, ${plainAdvice}${otherwise}.`,
    );
  }
}

function requireObject(schema: unknown, what: string): asserts schema is JsonSchema {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) {
    throw new SchemaProblem(
      `${what} must be a JSON Schema, or a schema of zod, valibot, arktype or another library ` +
        "that follows Standard Schema.",
    );
  }
  try {
    JSON.stringify(schema);
  } catch (error) {
    throw new SchemaProblem(`${what} cannot be said as JSON: ${reason(error)}.`);
  }
  const root = schema as JsonSchema;
  if (mayBeObject(root, root)) return;
  const { type } = root;
  const instead = type === undefined ? "" : `, not ${[type].flat().map(String).join(" or ")}`;
  throw new SchemaProblem(
    `${what} must describe an object${instead}: put what you want into one, as in ` +
      '{"type": "object", "properties": {"items": …}}.',
  );
}

async function compiled(schema: JsonSchema): ReturnType<typeof checkBySchema> {
  try {
    return await checkBySchema(schema);
  } catch (error) {
    throw new SchemaProblem(`The JSON Schema cannot be used: ${reason(error)}.`);
  }
}

function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split("\n")[0] ?? "").replace(/[.:\s]+$/u, "");
}
