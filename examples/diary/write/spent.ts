import type { AttemptReport } from "standin";

/** What calls took; `null`: none of them told it. */
export type Spent = {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** In US dollars; `null` also where a price is not known. */
  readonly cost: number | null;
};

/** What all calls for one entry took together, also those whose answer was not taken. */
export function spentOn(attempts: readonly AttemptReport[]): Spent {
  const told = attempts.filter(({ usage }) => usage !== null);
  return {
    inputTokens: sum(told.map(({ usage }) => usage?.promptTokens ?? null)),
    outputTokens: sum(told.map(({ usage }) => usage?.completionTokens ?? null)),
    // A part of the costs would look like all of them.
    cost: told.some(({ cost }) => cost === null) ? null : sum(told.map(({ cost }) => cost)),
  };
}

function sum(counts: readonly (number | null)[]): number | null {
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((all, count) => all + count, 0);
}
