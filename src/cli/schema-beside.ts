import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

const shipped = join(import.meta.dirname, "../../llm_configuration.schema.json");

/**
 * The shipped JSON Schema, as a file in this place names it; `null` where not both are within the
 * working directory, so that the path would hold on this machine alone.
 */
export function schemaBeside(file: string): string | null {
  const together = [shipped, resolve(file)].every((path) => isBelow(process.cwd(), path));
  if (!together || !existsSync(shipped)) return null;
  const path = relative(dirname(resolve(file)), shipped)
    .split(sep)
    .join("/");
  return path.startsWith(".") ? path : `./${path}`;
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith("..") && !isAbsolute(way);
}
