import type { Problem } from "../../index.ts";
import { sayProblem } from "../../index.ts";
import { paint } from "../terminal.ts";
import type { Checked } from "./checked.ts";
import { countOf, isUsable } from "./checked.ts";
import { sayRoutes } from "./say-routes.ts";

/** Every problem on a line, the worst case of every route, and last whether it can be used. */
export function sayInspected({ file, problems, routes }: Checked): string {
  const worst = routes === null ? [] : sayRoutes(routes);
  return asLines([...linesOf(file, problems), ...worst, verdict(file, problems)]);
}

/** Every problem on a line, and last whether the file can be used. */
export function sayChecked(file: string, problems: readonly Problem[]): string {
  return asLines([...linesOf(file, problems), verdict(file, problems)]);
}

/** The problems of those files that have any but notes, and a summary; nothing if none has. */
export function sayWrong(checked: readonly Checked[]): string {
  const wrong = checked.filter(({ problems }) =>
    problems.some(({ severity }) => severity !== "note"),
  );
  if (wrong.length === 0) return "";
  const lines = wrong.flatMap(({ file, problems }) => linesOf(file, problems));
  const [only] = checked;
  const last = checked.length === 1 && only !== undefined;
  return asLines([...lines, last ? verdict(only.file, only.problems) : sayAll(checked)]);
}

function sayAll(checked: readonly Checked[]): string {
  const bad = checked.filter((one) => !isUsable(one)).length;
  const all = checked.length;
  const which = bad === 0 || bad === all ? "All" : `${bad} of`;
  const counts = sayCounts(checked.flatMap(({ problems }) => problems));
  return `${which} ${all} files ${sayUsable(bad === 0)}: ${counts}.`;
}

function verdict(file: string, problems: readonly Problem[]): string {
  return `${file} ${sayUsable(countOf(problems, "error") === 0)}: ${sayCounts(problems)}.`;
}

function sayUsable(usable: boolean): string {
  return usable ? paint("green", "can be used") : paint("red", "cannot be used");
}

function sayCounts(problems: readonly Problem[]): string {
  const counts = (["error", "warning"] as const).flatMap((severity) => {
    const number = countOf(problems, severity);
    if (number === 0) return [];
    return [`${number} ${severity}${number === 1 ? "" : "s"}`];
  });
  return counts.join(", ") || "nothing to mend";
}

function linesOf(file: string, problems: readonly Problem[]): readonly string[] {
  return problems.map((problem) => {
    const said = sayProblem(file, problem);
    const place = `${file}:${problem.line}:${problem.column}`;
    const colour = { error: "red", warning: "yellow", note: "dim" } as const;
    return `${paint(colour[problem.severity], place)}${said.slice(place.length)}`;
  });
}

function asLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
