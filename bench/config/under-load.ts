import { monitorEventLoopDelay } from "node:perf_hooks";
import type { LLMConfigManager } from "../../src/index.ts";
import type { LabConfiguration } from "../../src/lab/index.ts";
import type { Spread } from "../library/statistics.ts";
import { spreadOf } from "../library/statistics.ts";
import { createEdited } from "./edited.ts";

/** Blocks of the same length take turns: with reloads, and without. */
export type LoadPlan = {
  readonly inFlight: number;
  readonly blocks: number;
  /** Of one block that has any. */
  readonly reloads: number;
};

/** What callers saw in blocks of one kind; times in milliseconds. */
export type Seen = {
  readonly requests: number;
  readonly lost: number;
  readonly median: Spread;
  readonly p99: Spread;
  /** Of each block the slowest request, and the longest pause of the event loop. */
  readonly slowest: Spread;
  readonly pause: Spread;
};

/** A load with reloads beside the same load without. */
export type UnderLoad = {
  readonly providers: number;
  readonly reloads: number;
  readonly withReloads: Seen;
  readonly without: Seen;
};

type Block = { readonly times: readonly number[]; readonly lost: number; readonly pauseMs: number };

/** Reloads a file of so many providers under load. */
export async function measureUnderLoad(
  providers: number,
  lab: LabConfiguration,
  plan: LoadPlan,
): Promise<UnderLoad> {
  const { manager, edit, close } = createEdited(providers, lab);
  const reload = async () => {
    for (let count = 0; count < plan.reloads; count += 1) await edit();
  };
  await block(manager, plan.inFlight, reload);
  const blocks: { readonly withReloads: Block[]; readonly without: Block[] } = {
    withReloads: [],
    without: [],
  };
  for (let count = 0; count < plan.blocks; count += 1) {
    const startedAt = performance.now();
    blocks.withReloads.push(await block(manager, plan.inFlight, reload));
    const lengthMs = performance.now() - startedAt;
    const rest = () => new Promise<void>((resolve) => setTimeout(resolve, lengthMs));
    blocks.without.push(await block(manager, plan.inFlight, rest));
  }
  await close();
  return {
    ...{ providers, reloads: plan.reloads * plan.blocks },
    withReloads: seenIn(blocks.withReloads),
    without: seenIn(blocks.without),
  };
}

async function block(
  manager: LLMConfigManager,
  inFlight: number,
  during: () => Promise<void>,
): Promise<Block> {
  const over = new AbortController();
  const times: number[] = [];
  let lost = 0;

  async function ask(): Promise<void> {
    while (!over.signal.aborted) {
      const messages = [{ role: "user", content: "Hello" } as const];
      const startedAt = performance.now();
      const isStream = times.length % 2 === 0;
      const asked = isStream ? manager.stream({ messages }).answer : manager.generate({ messages });
      await asked.catch(() => (lost += 1));
      times.push(performance.now() - startedAt);
    }
  }

  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const all = Array.from({ length: inFlight }, ask);
  await during();
  over.abort();
  await Promise.all(all);
  delay.disable();
  return { times, lost, pauseMs: delay.max / 1e6 };
}

function seenIn(blocks: readonly Block[]): Seen {
  const sorted = blocks.map(({ times }) => times.toSorted((a, b) => a - b));
  const at = (share: number) =>
    spreadOf(sorted.map((times) => times[Math.floor(share * (times.length - 1))] ?? NaN));
  return {
    requests: sorted.reduce((sum, { length }) => sum + length, 0),
    lost: blocks.reduce((sum, { lost }) => sum + lost, 0),
    ...{ median: at(0.5), p99: at(0.99), slowest: at(1) },
    pause: spreadOf(blocks.map(({ pauseMs }) => pauseMs)),
  };
}
