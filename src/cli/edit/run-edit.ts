import type { ConfigurationEdit, EditedConfiguration, Problem } from "../../index.ts";
import { sayProblem } from "../../index.ts";
import { exitCode } from "../exit-code.ts";
import {
  paint,
  paintNote,
  safeText,
  writeFailure,
  writeJson,
  writeNote,
  writeOut,
} from "../terminal.ts";
import { EditFailure } from "./edit-failure.ts";
import { editFile } from "./edit-file.ts";

/** What every edit of a file may be told. */
export type EditFlags = {
  readonly config: string;
  readonly dryRun?: boolean;
  readonly keysElsewhere?: boolean;
  /** In milliseconds. */
  readonly wait?: number;
  readonly json?: boolean;
};

type Refused = Exclude<EditedConfiguration, { readonly bytes: Uint8Array }>;
type Done = Extract<EditedConfiguration, { readonly bytes: Uint8Array }>;

const usualWaitMs = 10_000;

/** Edits a file and says what was done and where, or why nothing was. */
export async function runEdit(
  edit: ConfigurationEdit,
  flags: EditFlags,
  signal: AbortSignal,
): Promise<number> {
  const { config, dryRun = false, keysElsewhere = false, wait: waitMs = usualWaitMs } = flags;
  try {
    const edited = await editFile(config, edit, { dryRun, keysElsewhere, waitMs, signal });
    if (!("bytes" in edited)) return await refuse(edited, flags);
    await report(edited, flags);
    return exitCode.done;
  } catch (error) {
    if (!(error instanceof EditFailure)) throw error;
    const kind = error.missing ? "configuration" : "not_written";
    if (flags.json) await writeJson({ error: { kind, message: error.message } });
    writeFailure(error.message);
    return error.missing ? exitCode.configuration : exitCode.failed;
  }
}

async function refuse(refused: Refused, { config, json }: EditFlags): Promise<number> {
  const { outcome, problems } = refused;
  const end = /[.?!]$/u.test(refused.message) ? "" : ".";
  const message = `${refused.message}${end} Nothing was changed.`;
  if (json) await writeJson({ error: { kind: outcome, message, problems } });
  for (const problem of problems) sayOne(config, problem);
  writeFailure(outcome === "misused" ? message : `${config}: ${message}`);
  return { misused: exitCode.usage, unreadable: exitCode.configuration, unfit: exitCode.failed }[
    outcome
  ];
}

async function report(done: Done, { config, dryRun = false, json }: EditFlags): Promise<void> {
  const { outcome, steps, difference, problems, errorsLeft } = done;
  const written = outcome === "edited" && !dryRun;
  if (json) {
    await writeJson({ file: config, written, steps, difference, problems, errorsLeft });
    return;
  }
  if (outcome === "unchanged") await writeOut(`${config} says so already: nothing to change.\n`);
  for (const { line, message } of steps) await writeOut(`${config}:${line} ${message}\n`);
  if (dryRun && outcome === "edited") {
    for (const { sign, line, text } of difference) {
      const shown = `${sign} ${String(line).padStart(5)}  ${text}`;
      const colour = { "+": "green", "-": "red", " ": "dim" } as const;
      await writeOut(`${paint(colour[sign], safeText(shown))}\n`);
    }
    await writeOut("Nothing was written: this was --dry-run.\n");
  }
  for (const problem of problems) sayOne(config, problem);
  if (errorsLeft > 0) {
    const what = errorsLeft === 1 ? "an error" : `${errorsLeft} errors`;
    writeNote(paintNote("yellow", `${config} had ${what} before, and still has: standin check`));
  }
}

function sayOne(file: string, problem: Problem): void {
  const colour = { error: "red", warning: "yellow", note: "dim" } as const;
  writeNote(paintNote(colour[problem.severity], sayProblem(file, problem)));
}
