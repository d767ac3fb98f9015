import type { Scope } from "../failure.ts";
import type { Limits } from "../health-policy.ts";
import { own } from "../own.ts";
import type { Breaker } from "./breaker.ts";
import { madeOf } from "./former.ts";
import type { LimitUsage } from "./limits.ts";

type Known = ReadonlyMap<string, { readonly madeOf: string | null }>;
type Provider = { readonly name: string; readonly identity: Readonly<Record<Scope, string>> };

/** The former names of providers that are new by name, and made of what one was that is gone. */
export function formerNames(known: Known, now: readonly Provider[]): ReadonlyMap<string, string> {
  const kept = new Set(now.map(({ name }) => name));
  const gone = new Map(
    [...known].flatMap(([name, seen]) =>
      kept.has(name) || seen.madeOf === null ? [] : [[seen.madeOf, name] as const],
    ),
  );
  return new Map(
    now.flatMap(({ name, identity }) => {
      const former = known.has(name) ? undefined : gone.get(madeOf(identity));
      return former === undefined ? [] : [[name, former] as const];
    }),
  );
}

/** What was seen under a former name; what is in flight there ends there. */
export function underNewName<Seen extends { readonly inFlight: number; readonly breaker: Breaker }>(
  seen: Seen,
): Seen {
  const { breaker } = seen;
  return {
    ...seen,
    inFlight: 0,
    breaker: breaker.state === "open" ? { ...breaker, probe: null } : breaker,
  };
}

/** The use of limits, those of renamed providers under their new names. */
export function usageRenamed(
  usage: LimitUsage,
  names: ReadonlyMap<string, string>,
  was: Limits,
  is: Limits,
): LimitUsage {
  const next = new Map(usage);
  for (const [name, former] of names) {
    const [before, after] = [own(was, former) ?? [], own(is, name) ?? []];
    const old = before.find((one) => !after.some((other) => other.name === one.name));
    const used = old === undefined ? undefined : usage.get(old.name);
    const now = after.find((one) => !before.some((other) => other.name === one.name));
    if (used !== undefined && now !== undefined) next.set(now.name, { ...used, inFlight: 0 });
  }
  return next;
}
