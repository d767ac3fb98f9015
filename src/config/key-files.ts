import type { Config } from "./config.ts";
import { readReference } from "./reference.ts";

/** The files that a configuration takes keys and headers from, by their paths, each once. */
export function keyFilesOf(config: Config): readonly string[] {
  const written = config.providers.flatMap(({ api_key: key, headers }) => [
    key,
    ...Object.values(headers),
  ]);
  const references = written.map((text) => readReference(text));
  const paths = references.flatMap((one) => (one.from === "file" ? [one.path] : []));
  return [...new Set(paths)];
}
