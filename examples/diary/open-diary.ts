import { join } from "node:path";
import type { Clock, Random } from "standin";
import { loadAgents, type Agents } from "./agent/agents.ts";
import { createDiary, type Diary } from "./diary.ts";
import { loadCatalogue, type Catalogue } from "./event/catalogue.ts";
import { loadSettings } from "./load-settings.ts";
import type { DiaryNews } from "./news.ts";
import type { Settings } from "./settings.ts";
import type { Store } from "./store/store.ts";
import { DiaryTrouble } from "./trouble.ts";
import type { ObjectMaker } from "./write/ask-entry.ts";

/** The data that an application of its own would change first. */
export type DiaryFiles = {
  readonly catalogue: Catalogue;
  readonly settings: Settings;
  readonly agents: Agents;
};

/** Where the example's own data are. */
export const ownFolder: string = import.meta.dirname;

/**
 * Reads the events, the settings and the agents of a folder. Throws DiaryTrouble with all that is
 * wrong: a diary with a broken agent does not start.
 */
export function readDiaryFiles(
  folder: string,
  clock: Clock,
  tell: (news: DiaryNews) => void,
  settingsPath: string = join(folder, "config/diary.json"),
): DiaryFiles {
  const catalogue = loadCatalogue(join(folder, "events.json"));
  const settings = loadSettings(settingsPath, catalogue);
  const { vocabulary, limits } = settings;
  const house = { catalogue, vocabulary, limits };
  return { catalogue, settings, agents: loadAgents(join(folder, "agents"), house, clock, tell) };
}

/** What a diary lives on. */
export type DiaryLife = {
  readonly store: Store;
  readonly manager: ObjectMaker & { getAvailableTasks(): readonly string[] };
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: () => string;
  readonly tell: (news: DiaryNews) => void;
};

/** A diary on these files, whose route the configuration of the providers must have. */
export function openDiary(files: DiaryFiles, life: DiaryLife): Diary {
  const { route } = files.settings.writing;
  const routes = ["default", ...life.manager.getAvailableTasks()];
  if (!routes.includes(route)) {
    const known = routes.join(", ");
    throw new DiaryTrouble(
      `The providers' configuration has no route ${route}, which diary.json names as ` +
        `writing.route. It has ${known}: add the route, or name one of these.`,
    );
  }
  return createDiary({ ...files, ...life });
}
