import type { Config, NamedRoute } from "../../config.ts";
import type { Document, Path } from "../../document.ts";
import type { Change } from "../../edit/change.ts";
import { applyChanges } from "../../edit/change.ts";
import { olderShape, olderTaskSchema } from "../schema.ts";
import { moveValue, renameEntry } from "./move.ts";

/** The text with the tasks of an older file as routes, and the comments in them where they were. */
export function moveTasks(text: string, document: Document, config: Config): string {
  const tasks = config.routes.filter(({ places }) => isOlder(places.overrides));
  const [first] = tasks;
  if (first === undefined) return text;
  const table = first.places.route.slice(0, -1);
  const renewed = tasks.reduce((now, task) => renew(now, task, document), text);
  const at = { after: String(table[0]) };
  if (document.entries([]).every(({ name }) => name !== "routes")) {
    return moveValue(renewed, table, ["routes"], at);
  }
  return tasks.reduce(
    (now, { name }) => moveValue(now, [...table, name], ["routes", name]),
    renewed,
  );
}

/** Whether a path leads into what only older files have. */
export function isOlder([first]: Path): boolean {
  return Object.hasOwn(olderShape, String(first));
}

const known: ReadonlySet<string> = new Set(Object.keys(olderTaskSchema.shape));

// In its old place, a task gets the words that a route has.
function renew(text: string, { places, providers }: NamedRoute, document: Document): string {
  const names = document.entries(places.route).map(({ name }) => name);
  const unknown = names.filter((name) => !known.has(name) && !name.startsWith("_"));
  const changes: Change[] = unknown.map((name) => ({ do: "take", path: [...places.route, name] }));
  const hasList = names.includes("preferred_providers");
  const path = [...places.route, hasList ? "preferred_providers" : "providers"];
  changes.push({ do: "put", path, value: providers, ...(!hasList && { at: "first" }) });
  const put = applyChanges(text, changes);
  const listed = hasList ? renameEntry(put, path, "providers") : put;
  return names.includes("model_settings")
    ? renameEntry(listed, places.overrides, "overrides")
    : listed;
}
