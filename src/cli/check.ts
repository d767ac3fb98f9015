import type { Problem } from "../index.ts";
import { checkConfiguration, sayProblem } from "../index.ts";
import { exitCode } from "./exit-code.ts";
import { readConfiguration } from "./read-configuration.ts";
import { paint, writeJson, writeOut } from "./terminal.ts";

/** What `check` may be told. */
export type CheckFlags = { readonly strict?: boolean; readonly json?: boolean };

/** Says every problem of a file, and whether a start or a reload would take it. */
export async function check(file: string, flags: CheckFlags): Promise<number> {
  const bytes = await readConfiguration(file, flags);
  if (bytes === null) return exitCode.configuration;
  const problems = checkConfiguration(bytes, { strict: flags.strict === true });
  const errors = countOf(problems, "error");
  const warnings = countOf(problems, "warning");
  const usable = errors === 0;
  if (flags.json) await writeJson({ file, usable, errors, warnings, problems });
  else await writeOut(sayChecked(file, problems));
  return usable ? exitCode.done : exitCode.failed;
}

/** Every problem on a line, and last whether the file can be used. */
export function sayChecked(file: string, problems: readonly Problem[]): string {
  const errors = countOf(problems, "error");
  const counts = [count(errors, "error"), count(countOf(problems, "warning"), "warning")];
  const rest = counts.filter((one) => one !== "").join(", ") || "nothing to mend";
  const verdict = errors === 0 ? paint("green", "can be used") : paint("red", "cannot be used");
  const lines = [...problems.map((one) => line(file, one)), `${file} ${verdict}: ${rest}.`];
  return `${lines.join("\n")}\n`;
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
