import { priceOf } from "../providers/cost.ts";
import type { Health } from "../resilience/health.ts";
import { providerHealth } from "../resilience/health.ts";
import { paceAt } from "../resilience/latency.ts";
import { readiness } from "../resilience/readiness.ts";
import type { Policy, Provider } from "../snapshot.ts";

/** What of a request says who is fast or cheap for it. */
export type Preference = {
  readonly policy: Pick<Policy, "prefer">;
  readonly stream: boolean;
  readonly promptTokens: number;
  /** `null`: each provider's own holds. */
  readonly maxTokens: number | null;
};

type Asked = Pick<Preference, "promptTokens" | "maxTokens">;

/** Only who takes longer than the fastest by this factor counts as slower. */
const clearlySlower = 1.25;

/** How long an answer is thought to be that nobody bounds, in tokens. */
const typicalAnswer = 1_000;

/** A route's providers as its policy prefers them; among equals its own order holds. */
export function preferred(
  providers: readonly Provider[],
  preference: Preference,
  health: Health,
  now: number,
): readonly Provider[] {
  switch (preference.policy.prefer) {
    case "order":
      return providers;
    case "fastest":
      return byPace(providers, preference, health, now);
    case "cheapest":
      return providers.toSorted((a, b) => compare(priceAt(a, preference), priceAt(b, preference)));
  }
}

/** What one attempt is thought to cost, in US dollars; `null`: its prices are not known. */
export function estimatedPrice(provider: Provider, asked: Asked): number | null {
  return finite(priceAt(provider, asked));
}

/** The most one attempt may cost, in US dollars; `Infinity`: prices or lengths are not known. */
export function highestPrice({ pricing, maxTokens }: Provider, asked: Asked): number {
  const answer = asked.maxTokens ?? maxTokens;
  if (answer === null) return Infinity;
  return priceOf(pricing, { prompt: asked.promptTokens, answer }) ?? Infinity;
}

/** How long a provider takes of late, in milliseconds; `null`: not measured, or it fails. */
export function measuredPace(
  provider: Provider,
  { stream }: Pick<Preference, "stream">,
  health: Health,
  now: number,
): number | null {
  return finite(paceOf(provider, stream, health, now) ?? Infinity);
}

function paceOf({ name }: Provider, stream: boolean, health: Health, now: number): number | null {
  const { firstContent, whole } = providerHealth(health, name).latency;
  return paceAt(stream ? firstContent : whole, now);
}

function priceAt({ pricing, maxTokens }: Provider, asked: Asked): number {
  const answer = asked.maxTokens ?? maxTokens ?? typicalAnswer;
  return priceOf(pricing, { prompt: asked.promptTokens, answer }) ?? Infinity;
}

function finite(value: number): number | null {
  return value === Infinity ? null : value;
}

// Infinity is no less than itself.
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

type Paced = { readonly provider: Provider; readonly pace: number };

// The clearly fastest first. Who was not measured of late is asked first, one request at a time,
// so that it is; meanwhile it counts as slow, as who fails does.
function byPace(
  providers: readonly Provider[],
  { stream }: Preference,
  health: Health,
  now: number,
): readonly Provider[] {
  const paced = providers.map((provider) => ({
    provider,
    pace: paceOf(provider, stream, health, now),
  }));
  const unmeasured = paced.filter(({ pace }) => pace === null).map(({ provider }) => provider);
  const isExploring = unmeasured.some(({ name }) => providerHealth(health, name).inFlight > 0);
  const next = isExploring
    ? undefined
    : unmeasured.find((provider) => readiness(health, provider, now).state === "ready");
  const rest = paced.filter(({ provider }) => provider !== next);
  const ordered = inBands(rest.map(({ provider, pace }) => ({ provider, pace: pace ?? Infinity })));
  return next === undefined ? ordered : [next, ...ordered];
}

// The first in the route's order of those that are not clearly slower than the fastest, and again.
function inBands(paced: readonly Paced[]): readonly Provider[] {
  const left = [...paced];
  const ordered: Provider[] = [];
  while (left.length > 0) {
    const most = Math.min(...left.map(({ pace }) => pace)) * clearlySlower;
    const place = left.findIndex(({ pace }) => pace <= most);
    ordered.push(...left.splice(place, 1).map(({ provider }) => provider));
  }
  return ordered;
}
