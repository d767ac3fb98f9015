import type { ImportOptions, ImportedConfiguration } from "./config/older/import/import-text.ts";
import { importText } from "./config/older/import/import-text.ts";

/** Puts the text of an older file into the newer form, comments kept; writes no file. */
export function importConfiguration(
  text: string | Uint8Array,
  options: ImportOptions = {},
): ImportedConfiguration {
  return importText(text, options);
}
