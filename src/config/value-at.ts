import type { Path } from "./document.ts";

/** What stands at a path of a value; `undefined`: nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => {
    const held = typeof at === "object" && at !== null && Object.hasOwn(at, part);
    return held ? (at as Record<string | number, unknown>)[part] : undefined;
  }, value);
}
