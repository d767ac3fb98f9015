import type { AttemptEvent } from "../event.ts";
import type { Failure, Scope } from "../failure.ts";
import { consequences } from "../failure.ts";
import type { CoolDown } from "./cooldown.ts";
import { coolDownAbandoned, coolDownAfter } from "./cooldown.ts";

/** Every cool-down there is, by the identity of the scope that is unwell. */
export type CoolDowns = ReadonlyMap<string, CoolDown>;

type Identity = Readonly<Record<Scope, string>>;
type Of<T extends AttemptEvent["type"]> = Extract<AttemptEvent, { type: T }>;

/** The name under which a probe is remembered. */
export function probeName({ request, attempt }: { request: string; attempt: number }): string {
  return `${request}#${attempt}`;
}

/** An attempt begins: where a cool-down's time is over, it is the probe. */
export function coolDownsAtStart(coolDowns: CoolDowns, event: Of<"attempt-start">): CoolDowns {
  const probe = probeName(event);
  return changed(coolDowns, event.identity, (coolDown) =>
    coolDown.probe === null ? { ...coolDown, probe } : coolDown,
  );
}

/** The first content is proof enough; a long answer must not keep the others out. */
export function coolDownsAtCommit(coolDowns: CoolDowns, event: Of<"attempt-commit">): CoolDowns {
  const probe = probeName(event);
  return changed(coolDowns, event.identity, (coolDown) =>
    coolDown.probe === probe ? undefined : coolDown,
  );
}

/** An attempt has ended: its place is given back, a proof clears, a failure cools its scope. */
export function coolDownsAtEnd(coolDowns: CoolDowns, event: Of<"attempt-end">): CoolDowns {
  const { failure, at, identity, retryAt } = event;
  const probe = probeName(event);
  const startedAt = at - event.durationMs;
  const freed = changed(coolDowns, identity, (coolDown) => {
    if (failure === null && startedAt >= coolDown.until) return undefined;
    return coolDown.probe === probe ? { ...coolDown, probe: null } : coolDown;
  });
  const scope = failure === null ? null : scopeOf(failure);
  if (failure === null || scope === null) return freed;
  const old = freed.get(identity[scope]);
  const cooled = coolDownAfter(old, { failure, startedAt, at, retryAt });
  if (cooled === undefined || cooled === old) return freed;
  return new Map(freed).set(identity[scope], cooled);
}

/** A request that meant to try again has left: a guess gets its full length. */
export function coolDownsAtAbandon(
  coolDowns: CoolDowns,
  { failure, failedAt, identity }: Of<"attempt-abandoned">,
): CoolDowns {
  const scope = scopeOf(failure);
  const old = scope === null ? undefined : coolDowns.get(identity[scope]);
  if (scope === null || old === undefined) return coolDowns;
  const next = coolDownAbandoned(old, failure, failedAt);
  return next === old ? coolDowns : new Map(coolDowns).set(identity[scope], next);
}

/** What a failure says is unwell: the vendor's word, else what the kind usually means. */
export function scopeOf(failure: Failure): Scope | null {
  return failure.scope ?? consequences[failure.kind].scope;
}

function changed(
  coolDowns: CoolDowns,
  identity: Identity,
  change: (coolDown: CoolDown) => CoolDown | undefined,
): CoolDowns {
  if (coolDowns.size === 0) return coolDowns;
  let next: Map<string, CoolDown> | null = null;
  for (const key of Object.values(identity)) {
    const old = coolDowns.get(key);
    const now = old === undefined ? undefined : change(old);
    if (old === undefined || now === old) continue;
    next ??= new Map(coolDowns);
    if (now === undefined) next.delete(key);
    else next.set(key, now);
  }
  return next ?? coolDowns;
}
