import type { Failure } from "../failure.ts";
import { consequences, coolDownMaxMs } from "../failure.ts";

/** A scope that is out of use until a time, and afterwards until one attempt has proved it well. */
export type CoolDown = {
  readonly failure: Failure;
  /** When it was first imposed; epoch milliseconds, as are the others. */
  readonly since: number;
  readonly until: number;
  readonly provenance: "stated" | "guessed";
  /** How often a probe has failed since. */
  readonly failedProbes: number;
  /** The attempt that is probing now. */
  readonly probe: string | null;
};

/** A failure as the fold sees it: when its attempt began, when it failed, what comes next. */
export type Strike = {
  readonly failure: Failure;
  readonly startedAt: number;
  readonly at: number;
  /** When the request means to try again; `null`: it leaves. */
  readonly retryAt: number | null;
};

/** The cool-down of a scope after a failure in it; `undefined` where the kind imposes none. */
export function coolDownAfter(old: CoolDown | undefined, strike: Strike): CoolDown | undefined {
  const { failure, at } = strike;
  const { coolDown } = consequences[failure.kind];
  if (coolDown.by === "nothing") return old;
  const stated = failure.retryAfterMs !== undefined;
  if (!stated && coolDown.by === "breaker") return old;
  const failedProbes = nextFailedProbes(old, strike);
  const until = stated ? at + failure.retryAfterMs : guessedUntil(strike, failedProbes);
  const bounded = Math.min(until, at + coolDownMaxMs);
  if (old !== undefined && !outweighs(old, bounded, stated, strike)) {
    return { ...old, failedProbes };
  }
  return {
    failure,
    since: old?.since ?? at,
    until: bounded,
    provenance: stated ? "stated" : "guessed",
    failedProbes,
    probe: old?.probe ?? null,
  };
}

/** The full length of a guess, once the request that was still trying has left. */
export function coolDownAbandoned(old: CoolDown, failure: Failure, failedAt: number): CoolDown {
  if (old.provenance === "stated" || old.failure.kind !== failure.kind) return old;
  const until = failedAt + fullGuessMs(failure, old.failedProbes);
  return until > old.until ? { ...old, until } : old;
}

// A later time never shortens an earlier one, and a guess never moves a stated one.
function outweighs(old: CoolDown, until: number, stated: boolean, strike: Strike): boolean {
  if (until <= old.until) return false;
  return stated || old.provenance === "guessed" || strike.startedAt >= old.until;
}

function nextFailedProbes(old: CoolDown | undefined, strike: Strike): number {
  if (old === undefined) return 0;
  // A straggler that began before the cool-down was over proves nothing about a probe.
  return strike.startedAt >= old.until ? old.failedProbes + 1 : old.failedProbes;
}

function guessedUntil(strike: Strike, failedProbes: number): number {
  return strike.retryAt ?? strike.at + fullGuessMs(strike.failure, failedProbes);
}

function fullGuessMs(failure: Failure, failedProbes: number): number {
  const { coolDown } = consequences[failure.kind];
  if (coolDown.by !== "guess") return 0;
  return Math.min(coolDown.ms * 2 ** failedProbes, coolDown.doublingToMs ?? coolDown.ms);
}

/** Whether a failure is of what a provider is made of, for somebody to mend. */
export function concernsIdentity({ kind }: Failure): boolean {
  return kind === "auth" || kind === "model_not_found" || kind === "quota";
}
