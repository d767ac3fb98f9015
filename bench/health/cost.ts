import { nextStep } from "../../src/request/next-step.ts";
import { beginProgress } from "../../src/request/progress.ts";
import type { Health } from "../../src/resilience/health.ts";
import { emptyHealth, learn } from "../../src/resilience/health.ts";
import type { Provider, Snapshot } from "../../src/snapshot.ts";
import type { Spread } from "../library/statistics.ts";
import { spreadOf } from "../library/statistics.ts";
import { appliedEvent, configurationOf, eventsOfOne } from "./day.ts";

/** What one thing costs, in microseconds of processor time. */
export type CostRow = { readonly title: string; readonly providers: number; readonly cost: Spread };

const repeats = 15;

/** Measures deciding and learning with so many providers. */
export function measureCosts(size: number, count: number): readonly CostRow[] {
  const snapshot = configurationOf(size);
  const well = seen(snapshot);
  const all = snapshot.providers;
  const cooled = all.slice(0, -1).reduce((health, one) => fail(health, one, "rate_limited"), well);
  const open = all.slice(0, -1).reduce((health, one) => {
    let worse = health;
    for (let times = 0; times < 5; times += 1) worse = fail(worse, one, "server");
    return worse;
  }, well);
  return [
    measure("decide, all well", size, count, () => decide(snapshot, well)),
    measure("decide, all but the last cooled", size, count, () => decide(snapshot, cooled)),
    measure("decide, all but the last left alone", size, count, () => decide(snapshot, open)),
    measure("learn an event, all well", size, count, learner(well, all[0])),
    measure("learn an event, all but the last cooled", size, count, learner(cooled, all.at(-1))),
  ];
}

const now = 5_000;

function decide({ routes }: Snapshot, health: Health): void {
  const { default: route } = routes;
  if (route === undefined) throw new Error("There is no default route.");
  const asked = { ...route, stream: false, timeoutMs: null };
  const step = nextStep(beginProgress(asked, health, now), health, now);
  if (step.do !== "attempt") throw new Error(`Decided to ${step.do}.`);
}

function seen(snapshot: Snapshot): Health {
  const begun = learn(emptyHealth, appliedEvent(snapshot));
  return snapshot.providers
    .flatMap((provider, index) => eventsOfOne(provider, index, 1_000, null))
    .reduce(learn, begun);
}

function fail(health: Health, provider: Provider, kind: "rate_limited" | "server"): Health {
  return eventsOfOne(provider, 0, 2_000, kind).reduce(learn, health);
}

// The events of one request, again and again: health stays as large as it was.
function learner(begun: Health, provider: Provider | undefined): () => void {
  if (provider === undefined) throw new Error("There is no provider.");
  const cycle = eventsOfOne(provider, 1, 3_000, null);
  let health = begun;
  let place = 0;
  return () => {
    const event = cycle[place % cycle.length];
    place += 1;
    if (event !== undefined) health = learn(health, event);
  };
}

function measure(title: string, providers: number, count: number, act: () => void): CostRow {
  const figures: number[] = [];
  // The first stretch warms up.
  for (let repeat = 0; repeat <= repeats; repeat += 1) {
    const before = process.cpuUsage();
    for (let done = 0; done < count; done += 1) act();
    const { user, system } = process.cpuUsage(before);
    if (repeat > 0) figures.push((user + system) / count);
  }
  return { title, providers, cost: spreadOf(figures) };
}
