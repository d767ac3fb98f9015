import { emptyHealth, learn } from "../../../src/resilience/health.ts";
import type { Oracle } from "../story.ts";

/** Nothing outlives its request: no exchange, no timer, nothing in flight, no probe held. */
export const nothingIsLeft: Oracle = ({ left, manager, events, told }) => {
  const status = Object.entries(manager.getProviderStatus().providers);
  const health = events.reduce(learn, emptyHealth);
  return [
    ...told.flatMap(({ number, listeners }) =>
      listeners === 0 ? [] : [`request number ${number}: a listener is left`],
    ),
    ...(left.exchanges === 0 ? [] : [`${left.exchanges} exchanges are open`]),
    ...(left.timers === 0 ? [] : [`${left.timers} timers are set`]),
    ...status.flatMap(([name, { inFlight }]) => (inFlight === 0 ? [] : [`${name}: in flight`])),
    ...[...health.coolDowns].flatMap(([key, { probe }]) =>
      probe === null ? [] : [`${key}: held`],
    ),
  ];
};

/** Health replayed from the recorded events is the live health. */
export const replayEqualsLive: Oracle = ({ manager, events, clock }) => {
  const { providers } = manager.getProviderStatus();
  const health = events.reduce(learn, emptyHealth);
  return Object.entries(providers).flatMap(([name, live]) => {
    const replayed = health.providers.get(name);
    const same =
      (replayed?.attempts ?? 0) === live.attempts &&
      (replayed?.answers ?? 0) === live.answers &&
      (replayed?.failures ?? 0) === live.failures &&
      (replayed?.lastFailure?.at ?? null) === (live.lastFailure?.at ?? null);
    return same ? [] : [`${name} at ${clock.now()}: replay differs`];
  });
};
