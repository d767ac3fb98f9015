import type { CheckOptions } from "../check.ts";
import { portsOf } from "../check.ts";
import { loadConfiguration } from "../config/load.ts";
import { unreadableFile } from "../config/unreadable.ts";
import type { Problem } from "../errors.ts";
import { systemFiles } from "../node/files.ts";
import type { Snapshot } from "../snapshot.ts";
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
  return inspect({ readable: true, ...loadConfiguration(text, portsOf(options)) });
}

/** As `inspectConfiguration`, of a file; one that cannot be read is a problem among others. */
export async function inspectFile(path: string, options: CheckOptions = {}): Promise<Inspection> {
  return inspect(await loadFile(path, options));
}

/** A file's configuration, or why there is none. */
export type LoadedFile = Pick<Inspection, "readable" | "problems"> & {
  readonly snapshot: Snapshot | null;
};

/** Reads a file and makes a configuration of it. */
export async function loadFile(path: string, options: CheckOptions): Promise<LoadedFile> {
  let bytes: Uint8Array;
  try {
    bytes = await (options.files ?? systemFiles).read(path);
  } catch (thrown) {
    return { readable: false, problems: [unreadableFile(thrown)], snapshot: null };
  }
  return { readable: true, ...loadConfiguration(bytes, portsOf({ file: path, ...options })) };
}

function inspect({ readable, problems, snapshot }: LoadedFile): Inspection {
  return { readable, problems, routes: snapshot === null ? null : worstCases(snapshot) };
}
