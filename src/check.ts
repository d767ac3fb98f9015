import { loadConfiguration } from "./config/load.ts";
import type { Problem } from "./errors.ts";
import { systemClock } from "./node/clock.ts";
import { systemEnvironment } from "./node/environment.ts";
import { systemFiles } from "./node/files.ts";
import type { Clock, Environment, Files } from "./ports.ts";

/** What a check may be given beside the text; the machine's own files and environment if not. */
export type CheckOptions = {
  /** Makes every warning an error. */
  readonly strict?: boolean;
  /** The file the text stands in: then it is told if everybody may read it. */
  readonly file?: string;
  /** Tells the day, by which models retire. */
  readonly clock?: Pick<Clock, "now">;
  readonly files?: Files;
  readonly environment?: Environment;
};

/** Everything to know about a configuration's text; it can be used unless one is an error. */
export function checkConfiguration(
  text: string | Uint8Array,
  options: CheckOptions = {},
): readonly Problem[] {
  const ports = { files: systemFiles, environment: systemEnvironment, clock: systemClock };
  return loadConfiguration(text, { ...ports, ...options }).problems;
}
