import type { AttemptEvent, ConfigurationEvent, Event } from "../event.ts";
import type { Failure, Scope } from "../failure.ts";
import { consequences } from "../failure.ts";
import type { CoolDown } from "./cooldown.ts";
import { coolDownAbandoned, coolDownAfter } from "./cooldown.ts";

/** What has been seen of one provider. */
export type ProviderHealth = {
  readonly inFlight: number;
  readonly attempts: number;
  readonly answers: number;
  /** Failed attempts; a caller's abort is none. */
  readonly failures: number;
  readonly lastFailure: { readonly failure: Failure; readonly at: number } | null;
};

/** What past events taught: `health = events.reduce(learn, emptyHealth)`. */
export type Health = {
  /** By the identity of the scope that is unwell. */
  readonly coolDowns: ReadonlyMap<string, CoolDown>;
  /** By the provider's name. */
  readonly providers: ReadonlyMap<string, ProviderHealth>;
};

/** The health of a world in which nothing has happened. */
export const emptyHealth: Health = { coolDowns: new Map(), providers: new Map() };

const unseen: ProviderHealth = {
  inFlight: 0,
  attempts: 0,
  answers: 0,
  failures: 0,
  lastFailure: null,
};

/** The name under which a probe is remembered. */
export function probeName(request: string, attempt: number): string {
  return `${request}#${attempt}`;
}

/** What a provider's health is, also before it was ever asked. */
export function providerHealth(health: Health, name: string): ProviderHealth {
  return health.providers.get(name) ?? unseen;
}

/** The fold: the health after one more event. */
export function learn(health: Health, event: Event): Health {
  switch (event.type) {
    case "attempt-start":
      return learnStart(health, event);
    case "attempt-commit":
      return learnCommit(health, event);
    case "attempt-end":
      return learnEnd(health, event);
    case "attempt-abandoned":
      return learnAbandoned(health, event);
    case "configuration-applied":
      return learnConfiguration(health, event);
    case "configuration-rejected":
    case "request-start":
    case "request-wait":
    case "request-warning":
    case "request-end":
      return health;
  }
}

type Of<T extends Event["type"]> = Extract<AttemptEvent | ConfigurationEvent, { type: T }>;

function learnStart(health: Health, event: Of<"attempt-start">): Health {
  const seen = providerHealth(health, event.provider);
  const providers = new Map(health.providers).set(event.provider, {
    ...seen,
    attempts: seen.attempts + 1,
    inFlight: seen.inFlight + 1,
  });
  const probe = probeName(event.request, event.attempt);
  const coolDowns = changeScopes(health.coolDowns, event.identity, (coolDown) =>
    coolDown.probe === null ? { ...coolDown, probe } : coolDown,
  );
  return { coolDowns, providers };
}

function learnCommit(health: Health, event: Of<"attempt-commit">): Health {
  // The first content is proof enough; a long answer must not keep the others out.
  const probe = probeName(event.request, event.attempt);
  const coolDowns = changeScopes(health.coolDowns, event.identity, (coolDown) =>
    coolDown.probe === probe ? undefined : coolDown,
  );
  return coolDowns === health.coolDowns ? health : { ...health, coolDowns };
}

function learnEnd(health: Health, event: Of<"attempt-end">): Health {
  const { failure, at } = event;
  const seen = providerHealth(health, event.provider);
  const counted = failure !== null && failure.kind !== "aborted";
  const providers = new Map(health.providers).set(event.provider, {
    inFlight: seen.inFlight - 1,
    attempts: seen.attempts,
    answers: failure === null ? seen.answers + 1 : seen.answers,
    failures: counted ? seen.failures + 1 : seen.failures,
    lastFailure: counted ? { failure, at } : seen.lastFailure,
  });
  return { coolDowns: coolDownsAtEnd(health.coolDowns, event), providers };
}

function coolDownsAtEnd(
  coolDowns: Health["coolDowns"],
  event: Of<"attempt-end">,
): Health["coolDowns"] {
  const { failure, at } = event;
  const probe = probeName(event.request, event.attempt);
  const startedAt = at - event.durationMs;
  const freed = changeScopes(coolDowns, event.identity, (coolDown) => {
    if (failure === null && startedAt >= coolDown.until) return undefined;
    return coolDown.probe === probe ? { ...coolDown, probe: null } : coolDown;
  });
  const scope = failure === null ? null : (failure.scope ?? consequences[failure.kind].scope);
  if (failure === null || scope === null) return freed;
  const key = event.identity[scope];
  const old = freed.get(key);
  const cooled = coolDownAfter(old, { failure, startedAt, at, retryAt: event.retryAt });
  return cooled === undefined || cooled === old ? freed : new Map(freed).set(key, cooled);
}

function learnAbandoned(health: Health, event: Of<"attempt-abandoned">): Health {
  const { failure, failedAt } = event;
  const scope = failure.scope ?? consequences[failure.kind].scope;
  const old = scope === null ? undefined : health.coolDowns.get(event.identity[scope]);
  if (scope === null || old === undefined) return health;
  const changed = coolDownAbandoned(old, failure, failedAt);
  if (changed === old) return health;
  return { ...health, coolDowns: new Map(health.coolDowns).set(event.identity[scope], changed) };
}

function learnConfiguration(health: Health, event: Of<"configuration-applied">): Health {
  const known = new Set(event.providers.flatMap(({ identity }) => Object.values(identity)));
  const names = new Set(event.providers.map(({ name }) => name));
  const stays = ([key, { failure }]: [string, CoolDown]) =>
    known.has(key) && !(event.fresh && concernsIdentity(failure));
  return {
    coolDowns: new Map([...health.coolDowns].filter(stays)),
    // A provider that is gone stays while something of it is in flight.
    providers: new Map(
      [...health.providers].filter(([name, seen]) => names.has(name) || seen.inFlight > 0),
    ),
  };
}

function concernsIdentity({ kind }: Failure): boolean {
  return kind === "auth" || kind === "model_not_found" || kind === "quota";
}

function changeScopes(
  coolDowns: Health["coolDowns"],
  identity: Readonly<Record<Scope, string>>,
  change: (coolDown: CoolDown) => CoolDown | undefined,
): Health["coolDowns"] {
  if (coolDowns.size === 0) return coolDowns;
  let changed: Map<string, CoolDown> | null = null;
  for (const key of Object.values(identity)) {
    const old = coolDowns.get(key);
    const next = old === undefined ? undefined : change(old);
    if (old === undefined || next === old) continue;
    changed ??= new Map(coolDowns);
    if (next === undefined) changed.delete(key);
    else changed.set(key, next);
  }
  return changed ?? coolDowns;
}
