import { configurationSchema } from "./json-schema.ts";
import { referencePage } from "./reference-page.ts";

/** What is generated from the schema: the text of each file by its path. */
export function configurationPages(): Readonly<Record<string, string>> {
  const schema = configurationSchema();
  return {
    "llm_configuration.schema.json": `${JSON.stringify(schema, null, 2)}\n`,
    "docs/configuration.md": referencePage(schema),
  };
}
