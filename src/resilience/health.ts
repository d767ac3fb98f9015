import type { AttemptEvent, ConfigurationEvent, Event } from "../event.ts";
import type { Failure } from "../failure.ts";
import type { HealthPolicy } from "../health-policy.ts";
import { defaultHealthPolicy } from "../health-policy.ts";
import type { Breaker } from "./breaker.ts";
import { closedBreaker, outcomeOf, withCommit, withEnd, withStart } from "./breaker.ts";
import type { Budget } from "./budget.ts";
import { fullBudget, withDeposit, withWithdrawal } from "./budget.ts";
import type { CoolDown } from "./cooldown.ts";
import { concernsIdentity } from "./cooldown.ts";
import { isFormer, madeOf } from "./former.ts";
import type { Latency } from "./latency.ts";
import { latencyAfter, noLatency, withLatency } from "./latency.ts";
import type { LimitUsage } from "./limits.ts";
import { usageAtEnd, usageAtStart } from "./limits.ts";
import type { Queues } from "./queue.ts";
import { allAtWait, allWithout } from "./queue.ts";
import { limitsNow, rebudgeted, rewindowed, usageUnder } from "./reconfigure.ts";
import type { CoolDowns } from "./scopes.ts";
import { formerNames, underNewName, usageRenamed } from "./renamed.ts";
import {
  coolDownsAtAbandon,
  coolDownsAtCommit,
  coolDownsAtEnd,
  coolDownsAtStart,
  probeName,
} from "./scopes.ts";

/** What has been seen of one provider. */
export type ProviderHealth = {
  readonly inFlight: number;
  readonly attempts: number;
  readonly answers: number;
  /** Failed attempts; a caller's abort is none. */
  readonly failures: number;
  readonly lastFailure: { readonly failure: Failure; readonly at: number } | null;
  readonly breaker: Breaker;
  readonly latency: Latency;
  /** What it was made of when this was seen: another key or endpoint starts clean. */
  readonly madeOf: string | null;
};

/** What past events taught: `health = events.reduce(learn, emptyHealth)`. */
export type Health = {
  readonly coolDowns: CoolDowns;
  /** By the provider's name. */
  readonly providers: ReadonlyMap<string, ProviderHealth>;
  /** What all requests together may still repeat. */
  readonly budget: Budget;
  /** How far the limits we keep ourselves are used, and who waits for a turn. */
  readonly limits: LimitUsage;
  readonly queues: Queues;
  readonly routeQueues: Queues;
  readonly policy: HealthPolicy;
};

/** The health of a world in which nothing has happened. */
export const emptyHealth: Health = {
  coolDowns: new Map(),
  providers: new Map(),
  budget: fullBudget(defaultHealthPolicy.budget, 0),
  limits: new Map(),
  queues: new Map(),
  routeQueues: new Map(),
  policy: defaultHealthPolicy,
};

const unseen: ProviderHealth = {
  inFlight: 0,
  attempts: 0,
  answers: 0,
  failures: 0,
  lastFailure: null,
  breaker: closedBreaker,
  latency: noLatency,
  madeOf: null,
};

/** What a provider's health is, also before it was ever asked. */
export function providerHealth(health: Health, name: string): ProviderHealth {
  return health.providers.get(name) ?? unseen;
}

/** The fold: the health after one more event. */
export function learn(health: Health, event: Event): Health {
  switch (event.type) {
    case "request-start":
      return { ...health, budget: withDeposit(health.budget, event.at, health.policy.budget) };
    case "attempt-start":
      return learnStart(health, event);
    case "attempt-commit":
      return learnCommit(health, event);
    case "attempt-end":
      return learnEnd(health, event);
    case "attempt-abandoned":
      return { ...health, coolDowns: coolDownsAtAbandon(health.coolDowns, event) };
    case "configuration-applied":
      return learnConfiguration(health, event);
    case "request-wait":
      return { ...health, ...allAtWait(health, event) };
    case "request-end":
      return { ...health, ...allWithout(health, event.request) };
    case "provider-unwell":
    case "provider-well":
    case "configuration-rejected":
    case "configuration-restored":
    case "configuration-unwatched":
    case "request-warning":
      return health;
  }
}

type Of<T extends Event["type"]> = Extract<AttemptEvent | ConfigurationEvent, { type: T }>;

function learnStart(health: Health, event: Of<"attempt-start">): Health {
  const seen = providerHealth(health, event.provider);
  const { budget, policy } = health;
  return {
    policy,
    limits: usageAtStart(health.limits, event, policy),
    ...allWithout(health, event.request),
    coolDowns: coolDownsAtStart(health.coolDowns, event),
    budget: event.repeat ? withWithdrawal(budget, event.at, policy.budget) : budget,
    providers: new Map(health.providers).set(event.provider, {
      ...seen,
      attempts: seen.attempts + 1,
      inFlight: seen.inFlight + 1,
      breaker: withStart(seen.breaker, probeName(event)),
    }),
  };
}

function learnCommit(health: Health, event: Of<"attempt-commit">): Health {
  const seen = providerHealth(health, event.provider);
  const coolDowns = coolDownsAtCommit(health.coolDowns, event);
  if (isFormer(seen, event)) return { ...health, coolDowns };
  const breaker = withCommit(seen.breaker, probeName(event), health.policy.breaker);
  const begun = { at: event.at, ms: event.firstContentMs };
  const latency = withLatency(seen.latency, "firstContent", begun);
  const next = { ...seen, breaker, latency };
  const providers = new Map(health.providers).set(event.provider, next);
  return { ...health, coolDowns, providers };
}

function learnEnd(health: Health, event: Of<"attempt-end">): Health {
  const { failure, at, chance } = event;
  const seen = providerHealth(health, event.provider);
  const former = isFormer(seen, event);
  const counted = failure !== null && failure.kind !== "aborted" && !former;
  const end = { outcome: former ? "nothing" : outcomeOf(failure), at, chance } as const;
  const providers = new Map(health.providers).set(event.provider, {
    ...seen,
    inFlight: seen.inFlight - 1,
    answers: failure === null && !former ? seen.answers + 1 : seen.answers,
    failures: counted ? seen.failures + 1 : seen.failures,
    lastFailure: counted ? { failure, at } : seen.lastFailure,
    latency: former ? seen.latency : latencyAfter(seen.latency, event),
    breaker: withEnd(seen.breaker, probeName(event), end, health.policy.breaker),
  });
  const limits = usageAtEnd(health.limits, event, health.policy);
  return { ...health, coolDowns: coolDownsAtEnd(health.coolDowns, event), limits, providers };
}

function learnConfiguration(health: Health, event: Of<"configuration-applied">): Health {
  const identities = new Set(event.providers.flatMap(({ identity }) => Object.values(identity)));
  const stays = ([key, { failure }]: readonly [string, CoolDown]) =>
    identities.has(key) && !(event.fresh && concernsIdentity(failure));
  const providers = new Map<string, ProviderHealth>();
  const former = formerNames(health.providers, event.providers);
  for (const { name, identity } of event.providers) {
    const was = former.get(name);
    const known = providerHealth(health, was ?? name);
    const before = was === undefined ? known : underNewName(known);
    const breaker = rewindowed(before.breaker, health.policy, event.policy);
    const seen = { ...before, breaker };
    const made = madeOf(identity);
    const same = seen.madeOf === null || seen.madeOf === made;
    // What is in flight was counted before, and will be counted off.
    providers.set(
      name,
      same ? { ...seen, madeOf: made } : { ...unseen, inFlight: seen.inFlight, madeOf: made },
    );
  }
  for (const [name, seen] of health.providers) {
    if (!providers.has(name) && seen.inFlight > 0) providers.set(name, seen);
  }
  const used = usageRenamed(health.limits, former, health.policy.limits, event.policy.limits);
  const limits = limitsNow(health.policy.limits, event.policy.limits);
  const routeLimits = limitsNow(health.policy.routeLimits, event.policy.routeLimits);
  return {
    coolDowns: new Map([...health.coolDowns].filter(stays)),
    providers,
    limits: usageUnder(used, limits, routeLimits),
    queues: health.queues,
    routeQueues: health.routeQueues,
    budget: rebudgeted(health.budget, health.policy, event.policy, event.at),
    policy: { ...event.policy, limits, routeLimits },
  };
}
