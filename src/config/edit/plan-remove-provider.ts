import type { Document, Path } from "../document.ts";
import { quote } from "../show.ts";
import type { Change } from "./change.ts";
import type { EditOf, Plan, Step } from "./edit.ts";
import { refuse } from "./edit.ts";
import type { Mention } from "./mentions.ts";
import { mentionsOf } from "./mentions.ts";
import { findProvider } from "./plan-provider.ts";
import { valueAt } from "./plan-settings.ts";

/** What it takes to remove a provider, and by force its name wherever it stands. */
export function planRemoveProvider(document: Document, edit: EditOf<"remove-provider">): Plan {
  const { name, force } = edit;
  const missing = findProvider(document, name);
  if (missing !== null) return missing;
  const mentions = mentionsOf(document, name);
  if (mentions.length > 0 && !force) {
    const places = mentions.map(({ path, list }) => say(document, list ?? path)).join(", ");
    return refuse(
      `${quote(name)} is named in ${places}: take it out there first, ` +
        "or --force takes it out everywhere",
    );
  }
  const emptied = mentions.find((mention) => isAlone(document, mention, name));
  if (emptied?.list != null) {
    const place = say(document, emptied.list);
    return refuse(`${place} would name nobody: remove that, or name others there first`);
  }
  const path = ["providers", name];
  const removal: Step = { path, message: `${name} is removed`, gone: true };
  return {
    // From the end, so that no place in a list moves before its turn.
    changes: [...mentions.toReversed().map(take), { do: "take", path }],
    steps: [removal, ...mentions.map((mention) => sayTaken(mention, name))],
  };
}

function take({ path }: Mention): Change {
  return { do: "take", path };
}

function sayTaken({ path, list }: Mention, name: string): Step {
  const where = (list ?? path).slice(0, list === null ? -1 : undefined).join(".");
  const message =
    list === null
      ? `${String(path.at(-1))} ${name} is taken out`
      : `${name} is taken out of ${where}`;
  return { path, message, gone: true };
}

function isAlone(document: Document, { list }: Mention, name: string): boolean {
  if (list === null || list.at(-1) === "fallback_providers") return false;
  const names = valueAt(document.value, list);
  return Array.isArray(names) && names.every((one) => one === name);
}

function say(document: Document, path: Path): string {
  return `${path.join(".")} (line ${document.placeOf(path).line})`;
}
