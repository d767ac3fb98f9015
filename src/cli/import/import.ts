import type { ImportedConfiguration, Problem } from "../../index.ts";
import { checkConfiguration, importConfiguration, sayProblem } from "../../index.ts";
import { EditFailure } from "../edit/edit-failure.ts";
import { exitCode } from "../exit-code.ts";
import { readConfiguration } from "../read-configuration.ts";
import { paintNote, writeFailure, writeJson, writeNote, writeOut } from "../terminal.ts";
import { sayImported } from "./say-imported.ts";
import { writeWhole } from "./write-whole.ts";

/** What `import` may be told. */
export type ImportFlags = {
  readonly out?: string;
  readonly force?: boolean;
  readonly updateModels?: boolean;
  readonly json?: boolean;
};

/** Puts an older file into the newer form, and says what became of every key. */
export async function importFile(
  file: string,
  flags: ImportFlags,
  signal: AbortSignal,
): Promise<number> {
  const bytes = await readConfiguration(file, flags);
  if (bytes === null) return exitCode.configuration;
  const { out, force = false, updateModels = false, json = false } = flags;
  const imported = importConfiguration(bytes, { updateModels });
  if (!("bytes" in imported)) return refuse(file, imported, json);
  try {
    if (out !== undefined) await writeWhole(out, imported.bytes, force, signal);
  } catch (error) {
    if (!(error instanceof EditFailure)) throw error;
    if (json) await writeJson({ error: { kind: "not_written", message: error.message } });
    writeFailure(error.message);
    return exitCode.failed;
  }
  const { outcome, keys, commentsLost, retired } = imported;
  const problems = remainsOf(imported.bytes);
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(imported.bytes);
  if (json) {
    const written = out ?? null;
    const changed = outcome === "imported";
    const whole = out === undefined ? { text } : {};
    await writeJson({ file, written, changed, keys, commentsLost, retired, problems, ...whole });
    return exitCode.done;
  }
  if (out === undefined) await writeOut(text);
  writeNote(sayImported(file, imported));
  if (problems.length > 0) writeNote("Of the newer form `standin check` says:");
  for (const problem of problems) writeNote(sayProblem(out ?? "<stdout>", problem));
  if (out !== undefined) writeNote(`${paintNote("green", "Written:")} ${out}`);
  return exitCode.done;
}

// What went over as it was and is of no use: keys that nobody knows, settings without effect.
function remainsOf(bytes: Uint8Array): readonly Problem[] {
  return checkConfiguration(bytes, { keysElsewhere: true }).filter(({ severity, path }) => {
    // Retired models are told by themselves.
    return severity !== "note" && !path.endsWith(".model_name");
  });
}

type Refused = Exclude<ImportedConfiguration, { readonly bytes: Uint8Array }>;

async function refuse(file: string, { problems }: Refused, json: boolean): Promise<number> {
  const message = `${file} has errors and was not imported: mend these first.`;
  if (json) await writeJson({ error: { kind: "configuration", message, problems } });
  const errors = problems.filter(({ severity }) => severity === "error");
  for (const problem of errors) writeNote(paintNote("red", sayProblem(file, problem)));
  writeFailure(message);
  return exitCode.configuration;
}
