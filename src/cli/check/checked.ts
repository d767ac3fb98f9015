import type { Inspection, Problem } from "../../index.ts";

/** A file and what a check of it came to. */
export type Checked = Inspection & { readonly file: string };

/** Whether a start or a reload would take it. */
export function isUsable({ problems }: Pick<Checked, "problems">): boolean {
  return countOf(problems, "error") === 0;
}

/** How many of the problems matter so much. */
export function countOf(problems: readonly Problem[], severity: Problem["severity"]): number {
  return problems.filter((problem) => problem.severity === severity).length;
}
