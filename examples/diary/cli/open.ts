import { existsSync } from "node:fs";
import { join } from "node:path";
import { LLMConfigManager, type Clock, type Random } from "standin";
import { seededRandom } from "standin/lab";
import { openDiary, ownFolder, readDiaryFiles, type DiaryFiles } from "../open-diary.ts";
import type { Diary } from "../diary.ts";
import type { DiaryNews } from "../news.ts";
import { simulatedNames, simulatedProviders, type SimulatedProviders } from "../simulated/lab.ts";
import { simulatedModel } from "../simulated/model.ts";
import { openStore, type Store } from "../store/store.ts";
import { DiaryTrouble } from "../trouble.ts";
import type { CliOptions } from "./options.ts";

/** A diary that a command may write into. */
export type Opened = {
  readonly files: DiaryFiles;
  readonly diary: Diary;
  readonly store: Store;
  /** `null`: the providers are real. */
  readonly lab: SimulatedProviders["lab"] | null;
  /** Of whoever may write. */
  readonly names: readonly string[];
  close(): Promise<void>;
};

/** Where diary.json and llm_configuration.json are. */
export function configFolder({ config }: CliOptions): string {
  return config ?? join(ownFolder, "config");
}

/** The diary's own files, by the options. Throws DiaryTrouble. */
export function readFiles(
  options: CliOptions,
  clock: Clock,
  tell: (news: DiaryNews) => void,
): DiaryFiles {
  return readDiaryFiles(ownFolder, clock, tell, join(configFolder(options), "diary.json"));
}

/** A store to be read; one that is not there yet is not made. Throws DiaryTrouble. */
export function openToRead({ db }: CliOptions): Store {
  if (!existsSync(db)) {
    const how = "`diary day` or `diary write` begins one; --db names another";
    throw new DiaryTrouble(`There is no diary in ${db}: ${how}.`);
  }
  return openStore(db, "reader");
}

/** Opens everything that writing needs, with real providers or simulated ones. */
export function openToWrite(
  options: CliOptions,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  tell: (news: DiaryNews) => void,
): Opened {
  const files = readFiles(options, clock, tell);
  const model = simulatedModel(files.catalogue, files.agents);
  const path = join(configFolder(options), "llm_configuration.json");
  const { manager, lab } = options.real
    ? { manager: new LLMConfigManager(path), lab: null }
    : simulatedProviders({ reply: (ask) => model.reply(ask) }, clock, seededRandom(options.seed));
  const store = openStore(options.db, crypto.randomUUID());
  const newId = (): string => crypto.randomUUID();
  const diary = openDiary(files, { store, manager, clock, random, newId, tell });
  const known = Object.keys(manager.getProviderStatus().providers);
  return {
    ...{ files, diary, store, lab, names: lab === null ? known : simulatedNames },
    async close() {
      await diary.close();
      await manager.close();
      store.close();
    },
  };
}
