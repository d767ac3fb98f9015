import type { Health } from "../resilience/health.ts";
import { highestPrice } from "./prefer.ts";
import type { Progress } from "./progress.ts";
import type { Rehearsal } from "./rehearse.ts";
import { rehearse } from "./rehearse.ts";

/** At most so long, so many calls and so much, if no attempt of a request succeeds. */
export type Worst = {
  /** In milliseconds. */
  readonly durationMs: number;
  readonly attempts: number;
  /**
   * In US dollars, every call paid in full; `null` where a price is not known, or nothing bounds
   * an answer.
   */
  readonly cost: number | null;
};

/** How many failures that come at once may be before those that come late. */
const mostQuick = 8;
/** Attempts times the providers each chooses among: nobody waits longer for an explanation. */
const mostEffort = 2_000;

/** The worst of what a request can come to that begins now, over how its attempts may fail. */
export function worstOf(
  progress: Progress,
  health: Health,
  [slowest, quickest]: readonly [Rehearsal, Rehearsal],
): Worst {
  const all = [slowest, quickest, ...mixed(progress, health, [slowest, quickest])];
  return {
    durationMs: Math.max(...all.map(({ durationMs }) => durationMs)),
    attempts: Math.max(...all.map(({ attempts }) => attempts)),
    cost: costliest(all, progress),
  };
}

// Failures that come at once leave time for one more that comes late: where a deadline ends that.
function mixed(
  progress: Progress,
  health: Health,
  [slowest, quickest]: readonly [Rehearsal, Rehearsal],
): readonly Rehearsal[] {
  const { deadlineAt, startedAt, providers } = progress;
  if (slowest.durationMs >= deadlineAt - startedAt) return [];
  if (quickest.attempts * providers.length > mostEffort) return [];
  const count = Math.max(0, Math.min(mostQuick, quickest.attempts - 1));
  return Array.from({ length: count }, (_, at) =>
    rehearse(progress, health, { quickFirst: at + 1 }),
  );
}

// As much as every call there could cost.
function costliest(rehearsals: readonly Rehearsal[], progress: Progress): number | null {
  const costs = rehearsals.map(({ steps }) =>
    steps.reduce((sum, step) => sum + (step.do === "attempt" ? mostAt(step.provider) : 0), 0),
  );
  const most = Math.max(...costs);
  return most === Infinity ? null : most;

  function mostAt(name: string): number {
    const provider = progress.providers.find((one) => one.name === name);
    return provider === undefined ? 0 : highestPrice(provider, progress);
  }
}
