import { z } from "zod";
import { fileSchema } from "../../src/config/schema.ts";

/** A JSON Schema as far as ours go. */
export type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
};

/** The JSON Schema of the configuration file, for editors: every key told, none unknown. */
export function configurationSchema(): JsonSchema {
  const schema = z.toJSONSchema(fileSchema, {
    target: "draft-07",
    io: "input",
    unrepresentable: "any",
    override({ jsonSchema }) {
      // A text of one line without blanks around it: nothing an editor should show.
      delete jsonSchema.pattern;
      delete jsonSchema.maxLength;
      delete jsonSchema.propertyNames;
      if (jsonSchema.properties === undefined) return;
      // Names that begin with `_` are remarks; any other that is not listed is a mistake.
      Object.assign(jsonSchema, { patternProperties: { "^_": {} }, additionalProperties: false });
    },
  });
  return {
    ...(schema as JsonSchema),
    ...{ title: "Standin configuration", allowComments: true, allowTrailingCommas: true },
  };
}
