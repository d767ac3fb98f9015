import type { Failure, Unusable } from "../failure.ts";
import type { Health } from "../resilience/health.ts";
import { readiness, roomAt } from "../resilience/readiness.ts";
import type { Provider } from "../snapshot.ts";
import type { Progress } from "./progress.ts";

/** The failure of a request whose time is over. */
export function deadlineFailure(progress: Progress): Failure {
  const seconds = (progress.deadlineAt - progress.startedAt) / 1000;
  const latest = progress.failures.at(-1);
  const cause =
    latest === undefined
      ? "nobody had answered"
      : `the last attempt, at ${latest.provider.name}, ended in ${latest.failure.kind}`;
  return {
    kind: "deadline",
    message: `The request's ${seconds} s were over and ${cause}; allow more time or ask for less.`,
  };
}

/** A failure that says why nobody else was asked, where a switch is set so. */
export function withBarrier(failure: Failure, barrier: string | null): Failure {
  if (barrier === null) return failure;
  return { ...failure, message: `${failure.message} Nobody else was asked: ${barrier}.` };
}

/** The failure of a request that could ask nobody: why not, and until when, for each provider. */
export function unavailableFailure(
  { providers, leftOut }: Pick<Progress, "providers" | "leftOut">,
  { within, barrier }: { readonly within: readonly Provider[]; readonly barrier: string | null },
  health: Health,
  now: number,
): Failure {
  const asleep = providers.map((provider) =>
    barrier === null || within.includes(provider)
      ? reasonFor(provider, health, now)
      : { provider: provider.name, reason: `not asked, since ${barrier}`, until: null },
  );
  const unusable = [...asleep, ...leftOut];
  const times = unusable.flatMap(({ until }) => (until === null ? [] : [until]));
  const soonest = times.length === 0 ? null : Math.min(...times);
  const reasons = unusable.map(({ provider, reason }) => `${provider}: ${reason}`).join("; ");
  return {
    kind: "unavailable",
    message:
      providers.length === 0 && leftOut.length > 0
        ? `No provider is fit for this request (${reasons}).`
        : `No provider can be asked now (${reasons}).`,
    unusable,
    ...(soonest === null ? {} : { retryAfterMs: Math.max(0, soonest - now) }),
  };
}

/** The failure of a request for which its route's own limit has no room until then. */
export function routeFullFailure(
  { route, providers, policy, failures }: Progress,
  until: number | null,
  now: number,
): Failure {
  const where = `the route ${JSON.stringify(route)} is at its own rate_limit`;
  const when = until === null ? "" : ` for another ${Math.ceil((until - now) / 1000)} s`;
  const latest = failures.at(-1)?.failure;
  if (latest !== undefined) {
    const message = `${latest.message} There was no further attempt in time: ${where}${when}.`;
    return { ...latest, message };
  }
  const cure =
    policy.whenLimited === "wait"
      ? "no turn is free in time, or too many wait for one"
      : 'ask later, or set when_limited to "wait"';
  const unusable = providers.map(({ name: provider }) => ({ provider, reason: where, until }));
  return {
    kind: "unavailable",
    message: `No provider can be asked now: ${where}${when}; ${cure}.`,
    unusable,
    ...(until === null ? {} : { retryAfterMs: until - now }),
  };
}

/** Why a provider cannot be asked, in words. */
export function reasonFor(provider: Provider, health: Health, now: number): Unusable {
  const ready = readiness(health, provider, now);
  switch (ready.state) {
    case "ready": {
      const { at } = roomAt(health, provider, { request: "", tokens: 0 }, now);
      const full = at === null || at > now;
      const reason = full ? "at its limit, with no turn free in time" : "not fit for this request";
      return { provider: provider.name, reason, until: full ? at : null };
    }
    case "probing":
      return {
        provider: provider.name,
        reason: `${ready.coolDown.failure.kind}, being tried again by another request`,
        until: null,
      };
    case "open": {
      const { until, probed } = ready;
      const reason = probed
        ? "failing, being tried again by another request"
        : `failing, left alone for another ${Math.max(0, Math.ceil((until - now) / 1000))} s`;
      return { provider: provider.name, reason, until: probed ? null : Math.max(now, until) };
    }
    case "cooling": {
      const seconds = Math.ceil((ready.until - now) / 1000);
      return {
        provider: provider.name,
        reason: `${ready.coolDown.failure.kind}, for another ${seconds} s`,
        until: ready.until,
      };
    }
  }
}
