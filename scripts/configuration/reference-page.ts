import { fileLimits } from "../../src/config/schema/defaults.ts";
import type { JsonSchema } from "./json-schema.ts";

const opening = `# The configuration file

<!-- Written by \`npm run configuration\` from src/config/schema.ts: change it there. -->

\`config/llm_configuration.json\` is JSON; comments and trailing commas are allowed. Durations are seconds. Only
\`providers\` is required, and of a provider \`api_endpoint\`, \`api_key\` and \`model_name\`. A file has at most
${fileLimits.bytes.toLocaleString("en")} bytes, ${fileLimits.nesting} levels of nesting and ${fileLimits.entries.toLocaleString("en")} entries in one list or object.

Keys that begin with \`_\` are remarks. An unknown key is an error if it looks like a known one that is misspelt, else a
warning. \`standin check\` says what is wrong with a file, where, and what to do about it. Files of older programs load
too: [their keys](older-files.md) have a page of their own.

For completion and explanations in an editor, name the schema in the file's first line:

\`\`\`jsonc
{
  "$schema": "../node_modules/standin/llm_configuration.schema.json",
  "providers": {},
}
\`\`\`
`;

/** The reference of every key: where it stands, what it takes, what holds without it. */
export function referencePage(schema: JsonSchema): string {
  return [opening, ...sections("The file", schema, [])].join("\n");
}

type Section = { readonly heading: string; readonly schema: JsonSchema };

function sections(heading: string, schema: JsonSchema, above: readonly string[]): string[] {
  const { properties: all = {}, required = [] } = schema;
  const properties = Object.fromEntries(
    Object.entries(all).filter(([, { description }]) => !description?.startsWith("Older: ")),
  );
  const rows = Object.entries(properties).map(([key, value]) =>
    row(key, value, required.includes(key)),
  );
  const below = Object.entries(properties).flatMap(([key, value]) => {
    const next = inner(key, value, above);
    return next === null ? [] : sections(next.heading, next.schema, [...above, key]);
  });
  const table = ["| key | takes | without it | meaning |", "|---|---|---|---|", ...rows];
  return [`## ${heading}\n\n${table.join("\n")}\n`, ...below];
}

// The object that a key holds, or a table or list of such; `tasks` is only another word.
function inner(key: string, value: JsonSchema, above: readonly string[]): Section | null {
  if (key === "tasks") return null;
  const path = [...above, key];
  if (value.properties !== undefined) return { heading: sayPath(path), schema: value };
  const each = typeof value.additionalProperties === "object" ? value.additionalProperties : null;
  const held = each ?? value.items ?? null;
  if (held?.properties === undefined) return null;
  return { heading: `${sayPath(path)}: each`, schema: held };
}

function sayPath(path: readonly string[]): string {
  const [first = "", ...rest] = path;
  const isTable = ["providers", "accounts", "routes"].includes(first);
  if (!isTable || rest.length === 0) return `\`${path.join(".")}\``;
  return `\`${first}.….${rest.join(".")}\``;
}

function row(key: string, value: JsonSchema, isRequired: boolean): string {
  const { description = "", examples = [] } = value;
  const shown = examples.map((example) => `\`${JSON.stringify(example)}\``).join(", ");
  const meaning = shown === "" ? description : `${description} As in ${shown}.`;
  const cells = [`\`${key}\``, takes(value), isRequired ? "**required**" : without(value), meaning];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function takes(value: JsonSchema): string {
  const { anyOf, enum: options, type, minimum, maximum, items } = value;
  if (options !== undefined) return options.map((one) => `\`${JSON.stringify(one)}\``).join(", ");
  if (anyOf !== undefined) return anyOf.map(takes).join(" or ");
  if (type === "number" || type === "integer") {
    const kind = type === "integer" ? "a whole number" : "a number";
    return `${kind}, ${count(minimum)} to ${count(maximum)}`;
  }
  if (type === "array") return items?.type === "string" ? "a list of texts" : "a list of objects";
  if (type === "object") return value.properties === undefined ? "a table" : "an object";
  if (type === "null") return "`null`";
  return { string: "a text", boolean: "`true` or `false`" }[String(type)] ?? "anything";
}

function count(bound: number | undefined): string {
  return bound === undefined ? "…" : bound.toLocaleString("en", { maximumFractionDigits: 3 });
}

function without(value: JsonSchema): string {
  const { default: usual } = value;
  if (usual === undefined) return "";
  const isEmpty = typeof usual === "object" && usual !== null && Object.keys(usual).length === 0;
  return isEmpty ? "" : `\`${JSON.stringify(usual)}\``;
}
