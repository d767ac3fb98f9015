import type { Problem } from "../../errors.ts";

/** The problems that were not there before, wherever those stand now. */
export function freshProblems(
  before: readonly Problem[],
  after: readonly Problem[],
): readonly Problem[] {
  const counts = new Map<string, number>();
  for (const problem of before) {
    const name = nameOf(problem);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return after.filter((problem) => {
    const name = nameOf(problem);
    const left = counts.get(name) ?? 0;
    counts.set(name, left - 1);
    return left <= 0;
  });
}

// Places in lists move, and so do the figures of a problem that was there before.
function nameOf({ severity, path, message }: Problem): string {
  const place = path.replace(/\[\d+\]/gu, "[]");
  return JSON.stringify([severity, place, message.replace(/\d+(?:\.\d+)?/gu, "0")]);
}
