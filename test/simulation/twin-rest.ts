import type { Failure, Scope } from "../../src/failure.ts";
import type { Of } from "./story.ts";

/** A second, naive account of one cooled scope, kept from events alone. */
export type TwinRest = {
  until: number;
  stated: boolean;
  kind: Failure["kind"];
  /** How many probes have failed since it was first cooled. */
  failedProbes: number;
  probe: string | null;
};

/** Cooled scopes by their identity. */
export type TwinRests = Map<string, TwinRest>;

const minute = 60_000;
const day = 1_440 * minute;

/** What each kind cools, and for how long where nobody states a time: as the manual says. */
const manual: Readonly<Partial<Record<Failure["kind"], readonly [Scope, number, number]>>> = {
  network: ["endpoint", 0, 0],
  timeout: ["model", 0, 0],
  server: ["model", 0, 0],
  overloaded: ["model", 0, 0],
  malformed: ["model", 0, 0],
  rate_limited: ["account_model", minute / 2, minute / 2],
  quota: ["account", 60 * minute, 60 * minute],
  auth: ["key", 5 * minute, 60 * minute],
  model_not_found: ["key_model", 5 * minute, 60 * minute],
};

/** Notes an attempt's start: where a time is over it is the probe. */
export function restsAtStart(rests: TwinRests, event: Of<"attempt-start">, attempt: string): void {
  for (const rest of of(rests, event)) rest.probe ??= attempt;
}

/** Notes the first content: proof enough, if this attempt is finding out. */
export function restsAtCommit(
  rests: TwinRests,
  event: Of<"attempt-commit">,
  attempt: string,
): void {
  for (const key of Object.values(event.identity)) {
    if (rests.get(key)?.probe === attempt) rests.delete(key);
  }
}

/** Notes an attempt's end: what it gives back, proves and cools. */
export function restsAtEnd(rests: TwinRests, event: Of<"attempt-end">, attempt: string): void {
  const { failure, at, identity, retryAt } = event;
  const startedAt = at - event.durationMs;
  for (const key of Object.values(identity)) {
    const rest = rests.get(key);
    if (rest === undefined) continue;
    if (rest.probe === attempt) rest.probe = null;
    if (failure === null && startedAt >= rest.until) rests.delete(key);
  }
  const row = failure === null ? undefined : manual[failure.kind];
  if (failure === null || row === undefined) return;
  const stated = failure.retryAfterMs;
  if (stated === undefined && row[1] === 0) return;
  const key = identity[failure.scope ?? row[0]];
  const old = rests.get(key);
  const isProbe = old !== undefined && startedAt >= old.until;
  const failedProbes = (old?.failedProbes ?? 0) + (isProbe ? 1 : 0);
  const until = Math.min(
    at + day,
    stated === undefined ? (retryAt ?? at + guessMs(failure.kind, failedProbes)) : at + stated,
  );
  if (old !== undefined) old.failedProbes = failedProbes;
  const keeps = old !== undefined && (until <= old.until || (old.stated && stated === undefined));
  if (keeps && !(isProbe && until > old.until)) return;
  const probe = old?.probe ?? null;
  rests.set(key, { until, stated: stated !== undefined, kind: failure.kind, failedProbes, probe });
}

/** Notes that a request which meant to try again has left: a guess gets its full length. */
export function restsAtAbandon(rests: TwinRests, event: Of<"attempt-abandoned">): void {
  const { failure, failedAt, identity } = event;
  const row = manual[failure.kind];
  const rest = row === undefined ? undefined : rests.get(identity[failure.scope ?? row[0]]);
  if (rest === undefined || rest.stated || rest.kind !== failure.kind) return;
  rest.until = Math.max(rest.until, failedAt + guessMs(failure.kind, rest.failedProbes));
}

/** Notes a configuration: what it no longer has is forgotten, and what concerns an identity. */
export function restsAtConfiguration(rests: TwinRests, event: Of<"configuration-applied">): void {
  const named = new Set(event.providers.flatMap(({ identity }) => Object.values(identity)));
  for (const [key, { kind }] of rests) {
    const ofIdentity = kind === "auth" || kind === "quota" || kind === "model_not_found";
    if (!named.has(key) || (event.fresh && ofIdentity)) rests.delete(key);
  }
}

function guessMs(kind: Failure["kind"], failedProbes: number): number {
  const [, first, most] = manual[kind] ?? ["model", 0, 0];
  return Math.min(most, first * 2 ** failedProbes);
}

function of(
  rests: TwinRests,
  { identity }: { readonly identity: Readonly<Record<Scope, string>> },
): readonly TwinRest[] {
  return Object.values(identity).flatMap((key) => rests.get(key) ?? []);
}
