import type { Path } from "./document.ts";

/** What stands in for a required setting that is wrong, so that the rest can still be checked. */
export const standIns = {
  api_endpoint: "https://unknown.invalid/v1/chat/completions",
  api_key: "",
  model_name: "unknown",
} as const;

/** The value without what stands at the wrong paths: the rest of it can then be checked too. */
export function mend(value: object, wrong: readonly Path[]): unknown {
  const copy = structuredClone(value) as Record<string, unknown>;
  for (const path of wrong) {
    // A list with a hole says something else: the whole of it goes.
    const place = path.findIndex((part) => typeof part === "number");
    remove(copy, place === -1 ? path : path.slice(0, place));
  }
  copy["providers"] ??= {};
  return copy;
}

function remove(root: Record<string, unknown>, path: Path): void {
  const holder = path.slice(0, -1).reduce<unknown>((at, part) => {
    return isTable(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  }, root);
  const last = path.at(-1);
  if (!isTable(holder) || last === undefined) return;
  const standsIn = path[0] === "providers" && path.length === 3 && Object.hasOwn(standIns, last);
  if (standsIn) holder[last] = standIns[last as keyof typeof standIns];
  else delete holder[last];
}

function isTable(value: unknown): value is Record<string | number, unknown> {
  return typeof value === "object" && value !== null;
}
