import type { Document, Path } from "../document.ts";
import { nearest } from "../edits.ts";
import { quote } from "../show.ts";
import type { EditOf, Plan, Refused } from "./edit.ts";
import { namesAt, refuse } from "./edit.ts";
import { planSettings, valueAt } from "./plan-settings.ts";
import type { Setting } from "./setting.ts";
import { gather, readSettings } from "./setting.ts";

/** A table of the file that holds routes: in the form of this version, or in an older one. */
type Table = { readonly path: Path; readonly older: boolean };

const tables: readonly Table[] = [
  { path: ["routes"], older: false },
  { path: ["tasks"], older: false },
  { path: ["model_selection", "task_specific_models"], older: true },
  { path: ["task_specific_models"], older: true },
];

/** What it takes to add a route, where the file has its others. */
export function planAddRoute(document: Document, { name, set }: EditOf<"add-route">): Plan {
  const found = tableOf(document, name);
  if (found !== null) {
    const line = document.placeOf([...found.path, name]).line;
    return refuse(
      `there is already a task ${quote(name)} (line ${line}): change it with \`standin task set\``,
    );
  }
  const read = set.length === 0 ? { settings: [] } : readSettings("route", set);
  if ("refused" in read) return read;
  const present = tables.filter(({ path }) => isTable(valueAt(document.value, path)));
  const home = present.find(({ older }) => !older || translate(read.settings) !== null);
  const { path, older } = home ?? { path: ["routes"], older: false };
  const settings = older ? (translate(read.settings) ?? []) : read.settings;
  const entry = [...path, name];
  return {
    changes: [{ do: "put", path: entry, value: gather(settings) }],
    steps: [{ path: entry, message: `${name} is added` }],
  };
}

/** What it takes to change settings of a route, in the form in which it stands. */
export function planSetRoute(document: Document, edit: EditOf<"set-route">): Plan {
  const { name, set, unset } = edit;
  const table = tableOf(document, name);
  if (table === null) return missing(document, name);
  const read = readSettings("route", set, unset);
  if ("refused" in read) return read;
  const settings = table.older ? translate(read.settings) : read.settings;
  const entry = [...table.path, name];
  if (settings === null) {
    return refuse(
      `${entry.join(".")} has an older form, which knows providers and overrides alone: ` +
        "`standin import` writes the newer one",
    );
  }
  return planSettings(document.value, entry, settings);
}

/** What it takes to remove a route. */
export function planRemoveRoute(document: Document, { name }: EditOf<"remove-route">): Plan {
  const table = tableOf(document, name);
  if (table === null) return missing(document, name);
  const path = [...table.path, name];
  return {
    changes: [{ do: "take", path }],
    steps: [{ path, message: `${name} is removed`, gone: true }],
  };
}

function tableOf(document: Document, name: string): Table | null {
  return tables.find(({ path }) => namesAt(document, path).includes(name)) ?? null;
}

function missing(document: Document, name: string): Refused {
  const names = tables.flatMap(({ path }) => namesAt(document, path));
  const meant = nearest(name, names);
  const list = names.slice(0, 20).map(quote).join(", ");
  const there = names.length === 0 ? "there are none" : `there are ${list}`;
  const hint = meant === undefined ? there : `did you mean ${quote(meant)}?`;
  return refuse(`there is no task ${quote(name)} in the file: ${hint}`);
}

/** Settings in the form that older files have; `null`: that form has no place for one of them. */
function translate(settings: readonly Setting[]): readonly Setting[] | null {
  const translated = settings.flatMap(({ path, value }): readonly Setting[] => {
    const [first, ...rest] = path;
    if (first === "providers") return [{ path: ["preferred_providers", ...rest], value }];
    return first === "overrides" ? [{ path: ["model_settings", ...rest], value }] : [];
  });
  return translated.length === settings.length ? translated : null;
}

function isTable(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
