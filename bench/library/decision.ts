import { readSourceSync } from "../../src/config/source.ts";
import { systemPorts } from "../../src/node/ports.ts";
import { nextStep } from "../../src/request/next-step.ts";
import { beginProgress } from "../../src/request/progress.ts";
import type { Event } from "../../src/event.ts";
import type { Health } from "../../src/resilience/health.ts";
import { emptyHealth, learn } from "../../src/resilience/health.ts";
import type { Provider, Route } from "../../src/snapshot.ts";
import type { Spread } from "./statistics.ts";
import { spreadOf } from "./statistics.ts";

/** What one kind of decision costs, in microseconds of processor time. */
export type DecisionRow = { readonly title: string; readonly processor: Spread };

/** How often each of them is measured. */
const repeats = 15;

/** Measures deciding and learning, with one provider and with twenty. */
export function measureDecisions(count: number): readonly DecisionRow[] {
  return [1, 20].flatMap((size) => {
    const route = routeOf(size);
    const seen = seenBefore(route.providers);
    const cooled = cooledButLast(route.providers, seen);
    const among = size === 1 ? "1 provider" : `${size} providers`;
    return [
      measure(`decide, ${among}, all well`, count, () => decide(route, seen)),
      ...(size === 1
        ? []
        : [
            measure(`decide, ${among}, all but the last cooled`, count, () =>
              decide(route, cooled),
            ),
          ]),
      measure(`learn one event, ${among}`, count, learner(seen, route.providers, 2)),
    ];
  });
}

function decide(route: Route, health: Health): void {
  const asked = { ...route, stream: false, timeoutMs: null };
  const step = nextStep(beginProgress(asked, health, 1_000), health, 1_000);
  if (step.do !== "attempt") throw new Error(`Decided to ${step.do}.`);
}

// A start and an end are learnt in turn, so that health stays as large as it was.
function learner(begun: Health, providers: readonly Provider[], events: number): () => void {
  const [first] = providers;
  if (first === undefined) throw new Error("There is no provider.");
  const cycle = [startOf(first), endOf(first, false)].slice(0, events);
  let health = begun;
  let place = 0;
  return () => {
    const event = cycle[place % cycle.length];
    place += 1;
    if (event !== undefined) health = learn(health, event);
  };
}

function routeOf(size: number): Route {
  const providers = Object.fromEntries(
    Array.from({ length: size }, (_, index) => [
      `provider-${index}`,
      {
        api_endpoint: `https://api-${index}.example.com/v1/chat/completions`,
        api_key: `sk-bench-${index}`,
        model_name: "bench-model",
        protocol: "openai_chat",
        retry_attempts: 1,
      },
    ]),
  );
  const { routes } = readSourceSync({ object: { providers } }, systemPorts(), false);
  if (routes["default"] === undefined) throw new Error("There is no default route.");
  return routes["default"];
}

function seenBefore(providers: readonly Provider[]): Health {
  const events = providers.flatMap((provider) => [startOf(provider), endOf(provider, false)]);
  return events.reduce(learn, emptyHealth);
}

function cooledButLast(providers: readonly Provider[], health: Health): Health {
  return providers
    .slice(0, -1)
    .flatMap((provider) => [startOf(provider), endOf(provider, true)])
    .reduce(learn, health);
}

function aboutOf({ name: provider, identity }: Provider) {
  return { request: "request-1", route: "default", attempt: 1, provider, identity };
}

function startOf(provider: Provider): Event {
  const { model } = provider;
  const limits = { limitMs: 30_000, repeat: false, estimatedTokens: 200 };
  return { type: "attempt-start", at: 500, model, ...limits, ...aboutOf(provider) };
}

function endOf(provider: Provider, failed: boolean): Event {
  return {
    type: "attempt-end",
    at: 600,
    durationMs: 100,
    requestId: null,
    usage: null,
    cost: null,
    failure: failed ? { kind: "rate_limited", message: "Too many requests." } : null,
    retryAt: null,
    chance: 0,
    estimatedTokens: 200,
    ...aboutOf(provider),
  };
}

function measure(title: string, count: number, act: () => void): DecisionRow {
  const figures: number[] = [];
  // The first stretch warms up.
  for (let repeat = 0; repeat <= repeats; repeat += 1) {
    const processor = process.cpuUsage();
    for (let done = 0; done < count; done += 1) act();
    const { user, system } = process.cpuUsage(processor);
    if (repeat > 0) figures.push((user + system) / count);
  }
  return { title, processor: spreadOf(figures) };
}
