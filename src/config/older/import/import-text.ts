import type { Problem } from "../../../errors.ts";
import { readBounded } from "../../bounds.ts";
import type { Document } from "../../document.ts";
import type { Change } from "../../edit/change.ts";
import { applyChanges } from "../../edit/change.ts";
import { parse } from "../../parse.ts";
import { hasMark } from "../../mark.ts";
import { toProblem } from "../../problem.ts";
import { scrub } from "../../show.ts";
import type { OlderKey } from "../told.ts";
import { changesOfFailover, changesOfOrder } from "./changes.ts";
import { countComments } from "./count-comments.ts";
import type { RetiredModel } from "./mend-providers.ts";
import { mendProviders } from "./mend-providers.ts";
import { isOlder, moveTasks } from "./move-tasks.ts";
import { unreadKeys } from "./unread-keys.ts";

/** What became of one key. */
export type ImportedKey = {
  /** As in `model_selection.default_provider`. */
  readonly path: string;
  /** Where it stood in the older file; counts from 1. */
  readonly line: number;
  /** What it is now, in a few words; `null`: it is left out. */
  readonly now: string | null;
  /** Why it is left out, or what else is to be known of it; may be empty. */
  readonly why: string;
};

/** An older file's text in the newer form, or why there is none. No secret is in what is said. */
export type ImportedConfiguration =
  | {
      readonly outcome: "imported" | "unchanged";
      readonly bytes: Uint8Array;
      /** Every key that is no more what it was, in the older file's order. */
      readonly keys: readonly ImportedKey[];
      /** Comments that stood among keys that are gone. */
      readonly commentsLost: number;
      /** Models that are retired and were left as they are. */
      readonly retired: readonly RetiredModel[];
    }
  | { readonly outcome: "unreadable"; readonly problems: readonly Problem[] };

/** What an import may be told. */
export type ImportOptions = {
  /** Puts what the vendor names in the place of a model that is retired. */
  readonly updateModels?: boolean;
};

/** Puts a file into the newer form; what is not concerned stays as it is, byte for byte. */
export function importText(
  input: string | Uint8Array,
  { updateModels = false }: ImportOptions,
): ImportedConfiguration {
  const bounded = readBounded(input);
  if ("problem" in bounded) return { outcome: "unreadable", problems: [bounded.problem] };
  const { text } = bounded;
  const parsed = parse(text);
  const { config, document, findings, older } = parsed;
  if (config === null || findings.some(({ severity }) => severity === "error")) {
    const problems = findings.map((finding) => toProblem(document, finding));
    return { outcome: "unreadable", problems: problems.toSorted((a, b) => a.line - b.line) };
  }
  const mended = mendProviders(document, config, updateModels);
  const moved = moveTasks(text, document, config);
  const made = applyChanges(moved, [
    ...changesOfOrder(document, config),
    ...changesOfFailover(document, config),
    ...mended.changes,
    ...takeSections(document),
  ]);
  const keys = [...older, ...unreadKeys(parsed), ...mended.told].map((key) => say(document, key));
  return {
    outcome: made === text ? "unchanged" : "imported",
    bytes: new TextEncoder().encode(hasMark(input) ? `\uFEFF${made}` : made),
    keys: keys.toSorted((a, b) => a.line - b.line),
    commentsLost: countComments(text) - countComments(made),
    retired: mended.retired,
  };
}

function takeSections(document: Document): readonly Change[] {
  return document
    .entries([])
    .filter(({ name }) => isOlder([name]))
    .map(({ name }) => ({ do: "take", path: [name] }));
}

function say(document: Document, { path, now, message }: OlderKey): ImportedKey {
  const told = toProblem(document, { severity: "note", path, message, hint: "" });
  const shown = now === null ? null : scrub(now);
  return { path: told.path, line: told.line, now: shown, why: told.message };
}
