import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { LLMConfigManager, type Event } from "standin";
import { seededRandom, type LabConfiguration } from "standin/lab";
import { openDiary, ownFolder, readDiaryFiles } from "../../examples/diary/open-diary.ts";
import { openStore } from "../../examples/diary/store/store.ts";
import { systemClock } from "../../examples/diary/system-clock.ts";
import type { LabOrder, LabPlan } from "./lab-thread.ts";

/** What is measured: so many events, so many at once, and whether a provider fails half-way. */
export type Plan = { readonly events: number; readonly atOnce: number; readonly failing: boolean };

/** What came of it. */
export type Life = Plan & {
  readonly wallMs: number;
  /** Processor time for one entry: the diary's and the manager's. */
  readonly cpuMs: number;
  /** Events divided by what is asked at once, times the time of an answer. */
  readonly idealMs: number;
  readonly written: number;
  readonly lost: number;
  readonly doubled: number;
  readonly fallbacks: number;
  readonly byProvider: Readonly<Record<string, number>>;
  /** Calls that gave no entry. */
  readonly wasted: number;
};

const answerMs = 50;

/** One life of a diary against the lab over HTTP, with its database on disk. */
export async function live({ events, atOnce, failing }: Plan): Promise<Life> {
  const folder = mkdtempSync(join(tmpdir(), "diary-bench-"));
  const usual = readDiaryFiles(ownFolder, systemClock, () => {});
  const writing = { ...usual.settings.writing, concurrency: atOnce };
  const files = { ...usual, settings: { ...usual.settings, writing } };
  const plan: LabPlan = { answerMs };
  const lab = new Worker(new URL("./lab-thread.ts", import.meta.url), { workerData: plan });
  const order = (what: LabOrder): void => lab.postMessage(what);
  const [configuration] = (await once(lab, "message")) as [LabConfiguration];
  let calls = 0;
  const count = ({ type }: Event): void => void (calls += type === "attempt-start" ? 1 : 0);
  const manager = LLMConfigManager.from(
    {
      ...configuration,
      failover: { retry: "switch_first" },
      routes: { diary_writing: { providers: ["first", "second"] } },
    },
    { observers: [count] },
  );
  const store = openStore(join(folder, "diary.sqlite"), "bench");
  let written = 0;
  const life = {
    ...{ store, manager, clock: systemClock, random: seededRandom(1) },
    newId: () => crypto.randomUUID(),
    tell({ type }: { readonly type: string }) {
      written += type === "entry" ? 1 : 0;
      if (failing && written === events / 2) order("fail");
    },
  };
  const diary = openDiary(files, life);
  const inputs = Array.from({ length: events }, (_, number) => ({
    ...{ id: `e${number}`, event: "toy_claimed", user: `user-${number}` },
    context: { new_owner: "莉莉" },
  }));
  const start = performance.now();
  const before = process.threadCpuUsage();
  await diary.takeAll(inputs);
  const wallMs = performance.now() - start;
  const { user, system } = process.threadCpuUsage(before);
  const entries = store.entries({});
  const { byProvider, bySource } = store.statistics({});
  // Observers are told after the tick.
  await new Promise((resolve) => setImmediate(resolve));
  await diary.close();
  await manager.close();
  order("close");
  await once(lab, "exit");
  store.close();
  rmSync(folder, { recursive: true });
  const fallbacks = bySource["fallback"] ?? 0;
  return {
    ...{ events, atOnce, failing, wallMs, written, fallbacks, byProvider },
    cpuMs: (user + system) / 1_000 / events,
    idealMs: Math.ceil(events / atOnce) * answerMs,
    lost: events - new Set(entries.map(({ id }) => id)).size,
    doubled: written - entries.length,
    wasted: calls - (entries.length - fallbacks),
  };
}
