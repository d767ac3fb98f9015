import { join } from "node:path";
import type { DiaryNews } from "../../examples/diary/news.ts";
import { openDiary, readDiaryFiles } from "../../examples/diary/open-diary.ts";
import type { Settings } from "../../examples/diary/settings.ts";
import { simulatedProviders } from "../../examples/diary/simulated/lab.ts";
import { simulatedModel } from "../../examples/diary/simulated/model.ts";
import { createVirtualClock } from "../../examples/diary/simulated/virtual-clock.ts";
import { openDatabase } from "../../examples/diary/store/database.ts";
import { storeOn } from "../../examples/diary/store/store.ts";
import { seededRandom, type LabAsk } from "standin/lab";
import { diaryFolder } from "./house.ts";

/** How a test's diary differs from the example's own. */
export type WorldChanges = {
  readonly seed?: number;
  readonly start?: number;
  readonly path?: string;
  readonly holder?: string;
  readonly settings?: (usual: Settings) => Settings;
  /** What a model says in place of what the well-behaved one would. */
  readonly reply?: (well: string, ask: LabAsk, provider: string) => string;
  readonly latencyMs?: number;
  readonly pricing?: { readonly input: number; readonly output: number };
  /** How long another process's lock is waited out. */
  readonly busyMs?: number;
};

/** Settings under which every event that may be written is. */
export function always(usual: Settings): Settings {
  const chance = Object.fromEntries(Object.keys(usual.rules.chance).map((type) => [type, 1]));
  const rules = { ...usual.rules, quota: [5, 5] as const, chance, nextDay: new Set<string>() };
  return { ...usual, rules };
}

/** Half past nine in Shanghai. */
export const morning = Date.UTC(2026, 10, 22, 1, 30);

/** A diary on simulated providers, in virtual time. */
export function diaryWorld(changes: WorldChanges = {}) {
  const clock = createVirtualClock(changes.start ?? morning);
  const random = seededRandom(changes.seed ?? 1);
  const news: DiaryNews[] = [];
  const tell = (one: DiaryNews) => void news.push(one);
  const files = readDiaryFiles(diaryFolder, clock, tell, join(diaryFolder, "config/diary.json"));
  const settings = (changes.settings ?? ((usual) => usual))(files.settings);
  const model = simulatedModel(files.catalogue, files.agents);
  const { reply = (well: string) => well, latencyMs } = changes;
  const { lab, manager } = simulatedProviders(
    {
      reply: (ask, provider) => reply(model.reply(ask), ask, provider),
      ...(latencyMs === undefined ? {} : { latencyMs }),
      ...(changes.pricing === undefined ? {} : { pricing: changes.pricing }),
    },
    clock,
    random,
  );
  const database = openDatabase(changes.path ?? ":memory:", { busyMs: changes.busyMs ?? 5_000 });
  const store = storeOn(database, changes.holder ?? "test");
  let ids = 0;
  const newId = () => `${changes.holder ?? "event"}-${(ids += 1)}`;
  const life = { store, manager, clock, random, newId, tell };
  const diary = openDiary({ ...files, settings }, life);

  /** Lives on until a promise is settled, and nothing is left to do at that moment. */
  async function play<T>(promise: Promise<T>): Promise<T> {
    const state = { over: false };
    const watched = promise.finally(() => void (state.over = true));
    watched.catch(() => {});
    while (!state.over) await clock.live(clock.now() + 1_000);
    return promise;
  }
  const pass = (ms: number) => clock.live(clock.now() + ms);
  return {
    ...files,
    settings,
    model,
    lab,
    manager,
    database,
    store,
    diary,
    news,
    clock,
    random,
    play,
    pass,
  };
}
