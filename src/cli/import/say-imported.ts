import type { ImportedConfiguration } from "../../index.ts";
import { table } from "../table.ts";
import { paintNote } from "../terminal.ts";

type Imported = Extract<ImportedConfiguration, { readonly bytes: Uint8Array }>;

/** What an import did, in words: a line for each key, and what else is to be known. */
export function sayImported(file: string, imported: Imported): string {
  const { outcome, keys, commentsLost, retired } = imported;
  const rows = keys.map(({ path, line, now, why }) => [
    paintNote("dim", String(line).padStart(5)),
    path,
    now === null ? paintNote("yellow", `left out: ${why}`) : `→ ${now}${inBrackets(why)}`,
  ]);
  const isNew = outcome === "unchanged";
  const heading = isNew
    ? `${file} is in the newer form already: nothing to change.`
    : `What became of the keys of ${file}, by its lines:`;
  const lost = commentsLost === 1 ? "1 comment" : `${commentsLost} comments`;
  const parts = [
    heading,
    table(rows).trimEnd(),
    commentsLost > 0 ? `${lost} stood among keys that are gone, and went with them.` : "",
    ...sayRetired(retired),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function inBrackets(why: string): string {
  return why === "" ? "" : paintNote("dim", ` (${why})`);
}

function sayRetired(retired: Imported["retired"]): readonly string[] {
  if (retired.length === 0) return [];
  const models = retired.map(({ provider, model, replacement }) => {
    return `${provider}: ${model} (${replacement} follows it)`;
  });
  return [`Retired and left as they are: ${models.join(", ")}. --update-models replaces them.`];
}
