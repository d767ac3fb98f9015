import type { Document } from "../document.ts";
import { quote } from "../show.ts";
import type { EditOf, Plan } from "./edit.ts";
import { namesAt, refuse } from "./edit.ts";
import { newProvider } from "./new-provider.ts";
import { findProvider } from "./plan-provider.ts";
import { valueAt } from "./plan-settings.ts";

/** What it takes to add a provider, written as the others are. */
export function planAddProvider(
  document: Document,
  edit: EditOf<"add-provider">,
  isSet: (variable: string) => boolean,
): Plan {
  const { at } = edit;
  // Before anything is asked of a provider that is there already.
  const taken = refuseTaken(document, edit.name ?? edit.vendor);
  if (taken !== null) return taken;
  const made = newProvider(edit, isSet);
  if ("refused" in made) return made;
  const { name, entry, remark } = made;
  const table = valueAt(document.value, ["providers"]);
  const isTable = typeof table === "object" && table !== null && !Array.isArray(table);
  if (table !== undefined && !isTable) {
    return refuse("providers holds no providers: mend that first");
  }
  if (at !== undefined && at !== "first") {
    const missing = findProvider(document, at.after);
    if (missing !== null) return missing;
  }
  const [first = ""] = namesAt(document, ["providers"]);
  const neighbour = valueAt(document.value, ["providers", first]);
  const isNamedInside = valueAt(neighbour, ["provider_name"]) !== undefined;
  const value = { ...(isNamedInside ? { provider_name: name } : {}), ...entry };
  const path = ["providers", name];
  return {
    changes: [{ do: "put", path, value, ...(at === undefined ? {} : { at }) }],
    steps: [{ path, message: `${name} is added${remark}` }],
  };
}

function refuseTaken(document: Document, name: string): Plan | null {
  if (!namesAt(document, ["providers"]).includes(name)) return null;
  const { line } = document.placeOf(["providers", name]);
  return refuse(
    `there is already a provider ${quote(name)} (line ${line}): change it with ` +
      "`standin provider set`, or give the new one another --name",
  );
}
