import type { CheckOptions } from "./check.ts";
import type { Outline } from "./config/edit/outline.ts";
import { outlineText } from "./config/edit/outline.ts";
import { systemEnvironment } from "./node/environment.ts";
import { systemFiles } from "./node/files.ts";

/** Tells what a configuration's text holds, whether or not it can be used. */
export function outlineConfiguration(
  text: string | Uint8Array,
  options: CheckOptions = {},
): Outline {
  return outlineText(text, { files: systemFiles, environment: systemEnvironment, ...options });
}
