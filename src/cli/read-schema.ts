import { readFile } from "node:fs/promises";
import type { ParseError } from "jsonc-parser";
import { parse, printParseErrorCode } from "jsonc-parser";
import type { JsonSchema } from "../index.ts";
import { systemReason } from "./system-reason.ts";
import { UsageError } from "./usage-error.ts";

/** The JSON Schema in a file, comments allowed. Rejects with UsageError that names the place. */
export async function readSchema(file: string): Promise<JsonSchema> {
  const text = await textOf(file);
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, {
    allowTrailingComma: true,
    allowEmptyContent: false,
  });
  const [first] = errors;
  if (first !== undefined) {
    throw new UsageError(`${file}:${placeIn(text, first.offset)} not JSON: ${wording(first)}.`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(`${file}:1:1 a JSON Schema is an object: begin with { and end with }.`);
  }
  return value as JsonSchema;
}

async function textOf(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${file}:1:1 the file is not UTF-8.`);
    throw new UsageError(`the schema ${file} cannot be read: ${systemReason(error)}.`);
  }
}

// In UTF-16 units, as editors count them.
function placeIn(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/u);
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

function wording({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replaceAll(/([A-Z])/gu, " $1")
    .trim()
    .toLowerCase();
}
