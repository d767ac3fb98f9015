import type { Document, Path } from "../../document.ts";
import type { Parsed } from "../../parse.ts";
import type { OlderKey } from "../told.ts";
import { leftOut } from "../told.ts";
import { isOlder } from "./move-tasks.ts";

/** What stood among older keys and was never read: unknown settings, and remarks. */
export function unreadKeys({ document, findings }: Parsed): readonly OlderKey[] {
  const unknown = findings
    .filter(({ path, offset }) => isOlder(path) && path.length > 1 && offset !== undefined)
    .filter(({ path }) => !goesAlong(path))
    .map(({ path, message }) => leftOut(path, message));
  return [...unknown, ...remarksIn(document)];
}

function remarksIn(document: Document): readonly OlderKey[] {
  return [...document.holders()].flatMap(({ path, entries }) =>
    entries
      .filter(({ name }) => isOlder(path) && name.startsWith("_") && !goesAlong([...path, name]))
      .map(({ name }) => leftOut([...path, name], "it was a remark")),
  );
}

// A remark in a task, and all that stands in its settings, goes where the task goes.
function goesAlong(path: Path): boolean {
  const table = path.indexOf("task_specific_models");
  const inTask = path.slice(table + 2);
  if (table === -1 || inTask.length === 0) return false;
  return inTask.length > 1 || String(inTask[0]).startsWith("_");
}
