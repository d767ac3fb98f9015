import type { Document, Path } from "../document.ts";

/** A place in the file that names a provider. */
export type Mention = {
  readonly path: Path;
  /** Of the list that the name stands in; `null`: it stands alone. */
  readonly list: Path | null;
};

// Lists of providers' names, in this form of the file and in older ones.
const lists = new Set(["providers", "fallback_providers", "preferred_providers"]);
const single = "default_provider";

/** Every place that names a provider, in the file's order. */
export function mentionsOf(document: Document, name: string): readonly Mention[] {
  return [...mentionsIn(document.value, [], name)];
}

function* mentionsIn(value: unknown, path: Path, name: string): Iterable<Mention> {
  if (typeof value !== "object" || value === null) return;
  if (path[0] === "providers") return;
  if (Array.isArray(value)) {
    const isNames = lists.has(String(path.at(-1)));
    const items: readonly unknown[] = value;
    for (const [index, item] of items.entries()) {
      if (isNames && item === name) yield { path: [...path, index], list: path };
      yield* mentionsIn(item, [...path, index], name);
    }
    return;
  }
  for (const [key, held] of Object.entries(value)) {
    const at = [...path, key];
    if (key === single && held === name) yield { path: at, list: null };
    yield* mentionsIn(held, at, name);
  }
}
