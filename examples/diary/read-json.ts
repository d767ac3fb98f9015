import { readFileSync } from "node:fs";
import { DiaryTrouble } from "./trouble.ts";

/** A JSON object with unchecked fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** The text of a file. Throws DiaryTrouble that says what could not be read, and why. */
export function readText(path: string, what: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\ufeff/u, "");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const why = missing ? "the file is not there" : String(error);
    throw new DiaryTrouble(`${path}: ${what} cannot be read: ${why}.`, { cause: error });
  }
}

/** The value of a JSON text. Throws DiaryTrouble that names the file. */
export function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DiaryTrouble(`${path}: this is not JSON: ${why}`, { cause: error });
  }
}

/** The value as an object of fields; `null` if it is none. */
export function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return value as Fields;
}
