import type { CheckOptions } from "../check.ts";
import { loadConfiguration } from "../config/load.ts";
import { unreadableFile } from "../config/unreadable.ts";
import type { Problem } from "../errors.ts";
import { systemClock } from "../node/clock.ts";
import { systemEnvironment } from "../node/environment.ts";
import { systemFiles } from "../node/files.ts";
import type { InspectedRoute } from "./worst-cases.ts";
import { worstCases } from "./worst-cases.ts";

/** Everything to know about a configuration. */
export type Inspection = {
  /** `false`: there is no such file, or this program may not read it. */
  readonly readable: boolean;
  /** Sorted by place; it can be used unless one is an error. */
  readonly problems: readonly Problem[];
  /** Each with its worst case, `default` first; `null` when it cannot be used. */
  readonly routes: readonly InspectedRoute[] | null;
};

/** Checks a configuration's text, and says what a request comes to at worst on every route. */
export function inspectConfiguration(
  text: string | Uint8Array,
  options: CheckOptions = {},
): Inspection {
  const ports = { files: systemFiles, environment: systemEnvironment, clock: systemClock };
  const { snapshot, problems } = loadConfiguration(text, { ...ports, ...options });
  return { readable: true, problems, routes: snapshot === null ? null : worstCases(snapshot) };
}

/** As `inspectConfiguration`, of a file; one that cannot be read is a problem among others. */
export async function inspectFile(path: string, options: CheckOptions = {}): Promise<Inspection> {
  let bytes: Uint8Array;
  try {
    bytes = await (options.files ?? systemFiles).read(path);
  } catch (thrown) {
    return { readable: false, problems: [unreadableFile(thrown)], routes: null };
  }
  return inspectConfiguration(bytes, { file: path, ...options });
}
