import { readFile } from "node:fs/promises";
import type { Problem } from "../index.ts";
import { checkConfiguration, sayProblem } from "../index.ts";
import { exitCode } from "./exit-code.ts";
import { systemReason } from "./system-reason.ts";
import { paint, writeFailure, writeJson, writeOut } from "./terminal.ts";

/** What `check` may be told. */
export type CheckFlags = { readonly strict?: boolean; readonly json?: boolean };

/** Says every problem of a file, and whether a start or a reload would take it. */
export async function check(file: string, flags: CheckFlags): Promise<number> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const hint = missing ? "; `standin init` writes a first one" : "";
    const message = `${file} cannot be read: ${systemReason(error)}${hint}.`;
    if (flags.json) await writeJson({ error: { kind: "configuration", message } });
    writeFailure(message);
    return exitCode.configuration;
  }
  const problems = checkConfiguration(bytes, { strict: flags.strict === true });
  const errors = countOf(problems, "error");
  const warnings = countOf(problems, "warning");
  const usable = errors === 0;
  if (flags.json) await writeJson({ file, usable, errors, warnings, problems });
  else await writeOut([...problems.map((one) => line(file, one)), verdict()].join("\n") + "\n");
  return usable ? exitCode.done : exitCode.failed;

  function verdict(): string {
    const counts = [count(errors, "error"), count(warnings, "warning")].filter((one) => one !== "");
    const rest = counts.length === 0 ? "nothing to mend" : counts.join(", ");
    return usable
      ? `${file} ${paint("green", "can be used")}: ${rest}.`
      : `${file} ${paint("red", "cannot be used")}: ${rest}.`;
  }
}

function countOf(problems: readonly Problem[], severity: Problem["severity"]): number {
  return problems.filter((problem) => problem.severity === severity).length;
}

function count(number: number, what: string): string {
  if (number === 0) return "";
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}

function line(file: string, problem: Problem): string {
  const said = sayProblem(file, problem);
  const place = `${file}:${problem.line}:${problem.column}`;
  const colour = { error: "red", warning: "yellow", note: "dim" } as const;
  return `${paint(colour[problem.severity], place)}${said.slice(place.length)}`;
}
