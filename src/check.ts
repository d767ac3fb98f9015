import { assumeKeys } from "./check/assume-keys.ts";
import type { LoadOptions } from "./config/load.ts";
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
  /** Takes a variable or a key file that is not here to be where the configuration is used. */
  readonly keysElsewhere?: boolean;
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
  return loadConfiguration(text, portsOf(options)).problems;
}

/** The options with the machine's own for whatever they leave out. */
export function portsOf({ keysElsewhere = false, ...given }: CheckOptions): LoadOptions {
  const system = { files: systemFiles, environment: systemEnvironment, clock: systemClock };
  const ports = { ...system, ...given };
  return keysElsewhere ? { ...ports, ...assumeKeys(ports) } : ports;
}
