import type { Problem } from "../../errors.ts";
import { readBounded } from "../bounds.ts";
import type { Document, Path } from "../document.ts";
import { readDocument } from "../document.ts";
import type { LoadOptions } from "../load.ts";
import { loadConfiguration } from "../load.ts";
import { hasMark } from "../mark.ts";
import { toProblem } from "../problem.ts";
import { quote } from "../show.ts";
import { applyChanges } from "./change.ts";
import type { ComparedLine } from "./compare-lines.ts";
import { compareLines } from "./compare-lines.ts";
import type { ConfigurationEdit, Step } from "./edit.ts";
import { freshProblems } from "./fresh.ts";
import { maskText } from "./mask-text.ts";
import { planEdit } from "./plan.ts";

/** One thing that was done, and where in the file: in the new text, or in the old if it is gone. */
export type EditStep = {
  /** As in `providers.qwen.timeout`. */
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
  readonly message: string;
};

/** A text that was edited, or why it was not. No secret is in what is said. */
export type EditedConfiguration =
  | {
      readonly outcome: "edited" | "unchanged";
      readonly bytes: Uint8Array;
      readonly steps: readonly EditStep[];
      readonly difference: readonly ComparedLine[];
      /** What is to be known of the new text, and was not true of the old. */
      readonly problems: readonly Problem[];
      /** Errors that were there before. */
      readonly errorsLeft: number;
    }
  | {
      /**
       * `misused`: the edit cannot be made in this file; `unreadable`: the file is no JSON;
       * `unfit`: the new text would have errors that the old one has not.
       */
      readonly outcome: "misused" | "unreadable" | "unfit";
      readonly message: string;
      readonly problems: readonly Problem[];
    };

/** Edits a file's text; what is not concerned stays as it is, byte for byte. */
export function editText(
  input: string | Uint8Array,
  edit: ConfigurationEdit,
  options: LoadOptions,
): EditedConfiguration {
  const bounded = readBounded(input);
  if ("problem" in bounded) return unreadable([bounded.problem]);
  const { text } = bounded;
  const document = readDocument(text);
  const { problems: before } = loadConfiguration(text, options);
  const isObject = typeof document.value === "object" && document.value !== null;
  if (document.errors.length > 0 || !isObject || Array.isArray(document.value)) {
    return unreadable(before);
  }
  const plan = planEdit(
    document,
    edit,
    (name) => (options.environment.get(name) ?? "").trim() !== "",
  );
  if ("refused" in plan) return { outcome: "misused", message: plan.refused, problems: [] };
  const twice = plan.changes
    .map(({ path }) => repeatedIn(document, path))
    .find((one) => one !== null);
  if (twice !== undefined) {
    const message = `${quote(String(twice))} stands in the file twice: keep one of them first`;
    return { outcome: "misused", message, problems: [] };
  }
  const edited = applyChanges(text, plan.changes);
  const { problems: after } = loadConfiguration(edited, options);
  const problems = freshProblems(before, after);
  if (problems.some(isError)) {
    return { outcome: "unfit", message: "after this edit the file could not be used", problems };
  }
  const now = readDocument(edited);
  return {
    outcome: edited === text ? "unchanged" : "edited",
    bytes: new TextEncoder().encode(hasMark(input) ? `\uFEFF${edited}` : edited),
    steps: plan.steps.map((step) => placeStep(step.gone === true ? document : now, step)),
    difference: compareLines(maskText(text), maskText(edited)),
    problems,
    errorsLeft: after.filter(isError).length,
  };
}

function unreadable(problems: readonly Problem[]): EditedConfiguration {
  return { outcome: "unreadable", message: "the file cannot be read as JSON", problems };
}

// Which of the two a change would concern is anybody's guess.
function repeatedIn(document: Document, path: Path): Path[number] | null {
  const found = path.find((part, depth) => {
    const entries = document.entries(path.slice(0, depth));
    return entries.filter(({ name }) => name === part).length > 1;
  });
  return found ?? null;
}

function placeStep(document: Document, { path, message }: Step): EditStep {
  const problem = toProblem(document, { severity: "note", path, message, hint: "" });
  return { path: problem.path, line: problem.line, message: problem.message };
}

function isError({ severity }: Problem): boolean {
  return severity === "error";
}
