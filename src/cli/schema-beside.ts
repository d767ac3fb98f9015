import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

const name = "llm_configuration.schema.json";
const own = join(import.meta.dirname, "../..", name);

/**
 * The shipped JSON Schema, as a file in this place names it; `null` where not both are within the
 * working directory, so that the path would hold on this machine alone.
 */
export function schemaBeside(file: string): string | null {
  const folder = process.cwd();
  // Where it is installed by a link, it is the link that is within.
  const shipped = [join(folder, "node_modules", "standin", name), own].find(existsSync);
  const from = resolve(file);
  if (shipped === undefined || !isBelow(folder, shipped) || !isBelow(folder, from)) return null;
  const path = relative(dirname(from), shipped).split(sep).join("/");
  return path.startsWith(".") ? path : `./${path}`;
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith("..") && !isAbsolute(way);
}
