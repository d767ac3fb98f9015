import type { Problem } from "../errors.ts";
import type { LoadOptions } from "./load.ts";
import { loadConfiguration } from "./load.ts";

/** Checks a file's text exactly as a start or a reload would; it is usable unless one is an error. */
export function checkConfiguration(
  text: string | Uint8Array,
  options: LoadOptions,
): readonly Problem[] {
  return loadConfiguration(text, options).problems;
}
