import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { GenerateOptions } from "../options.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { ObjectMode } from "./mode.ts";

/** What is asked for, and what may be said about the request besides. */
export type ObjectOptions<
  Schema extends JsonSchema | StandardSchemaV1 = JsonSchema | StandardSchemaV1,
> = GenerateOptions & {
  /** A JSON Schema, or a schema of zod, valibot, arktype or any that follows Standard Schema. */
  readonly schema: Schema;
  /**
   * What models are told, beside a `schema` that cannot say itself as JSON Schema; `null`: they
   * are told nothing, because the messages say what the object is.
   */
  readonly jsonSchema?: JsonSchema | null;
  /** What models are told it is called: letters, digits, _ and -; `answer` if left out. */
  readonly name?: string;
  /** What models are told it is. */
  readonly description?: string;
  /** The surest way to ask; who cannot take it is asked in the next weaker one. */
  readonly mode?: ObjectMode;
  /** Whether a provider is shown once what is wrong with its answer; `true` if left out. */
  readonly repair?: boolean;
};

/** The options beside those that any request may have. */
export const objectNames = ["schema", "jsonSchema", "name", "description", "mode", "repair"];

/** Those options that any request may have. */
export function requestOptions(options: ObjectOptions): GenerateOptions {
  const entries = Object.entries(options).filter(([name]) => !objectNames.includes(name));
  return Object.fromEntries(entries);
}
