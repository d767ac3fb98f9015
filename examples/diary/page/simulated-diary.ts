import { seededRandom, type LabAsk } from "standin/lab";
import type { Diary } from "../diary.ts";
import type { DiaryNews } from "../news.ts";
import { openDiary, type DiaryFiles } from "../open-diary.ts";
import { simulatedNames, simulatedProviders } from "../simulated/lab.ts";
import { simulatedModel } from "../simulated/model.ts";
import type { VirtualClock } from "../simulated/virtual-clock.ts";
import { openStore } from "../store/store.ts";

/** SIMULATED: a diary that is written by simulated providers, in virtual time. */
export type SimulatedDiary = {
  readonly files: DiaryFiles;
  readonly diary: Diary;
  readonly lab: ReturnType<typeof simulatedProviders>["lab"];
  readonly names: readonly string[];
  close(): Promise<void>;
};

// A day with nothing on it is right for a diary, and nothing to look at.
const quota = [3, 5] as const;
// So many first answers are broken, and mended when they are asked for again.
const brokenEvery = 4;

/** Opens a simulated diary in a database file of its own. */
export function openSimulatedDiary(
  given: DiaryFiles,
  db: string,
  time: VirtualClock,
  seed: number,
  tell: (news: DiaryNews) => void,
): SimulatedDiary {
  const { settings } = given;
  const files = { ...given, settings: { ...settings, rules: { ...settings.rules, quota } } };
  const model = simulatedModel(files.catalogue, files.agents);
  let asked = 0;
  const reply = (ask: LabAsk): string => {
    const entry = model.entryFor(ask);
    const again = ask.messages.some(({ role }) => role === "assistant");
    asked += again ? 0 : 1;
    const broken = !again && asked % brokenEvery === 0;
    return JSON.stringify(broken ? { ...entry, content: entry.content.repeat(3) } : entry);
  };
  const chance = seededRandom(seed);
  const { manager, lab } = simulatedProviders({ reply }, time, chance);
  const store = openStore(db, "simulated");
  const newId = (): string => crypto.randomUUID();
  const random = seededRandom(seed + 1);
  const diary = openDiary(files, { store, manager, clock: time, random, newId, tell });
  return {
    ...{ files, diary, lab, names: simulatedNames },
    async close() {
      const state = { over: false };
      const closed = diary.close().finally(() => void (state.over = true));
      // What is being written comes to its end only as its time passes.
      while (!state.over) await time.live(time.now() + 1_000);
      await closed;
      await manager.close();
      store.close();
    },
  };
}
