import { systemClock } from "../system-clock.ts";
import { tagOf } from "../write/vocabulary.ts";
import { DiaryTrouble } from "../trouble.ts";
import { say } from "../words.ts";
import { openToRead, readFiles } from "./open.ts";
import type { CliOptions } from "./options.ts";
import { sayEntry } from "./say-entry.ts";

/** Prints entries, chosen by user, day, tag and type. */
export function list(options: CliOptions, print: (line: string) => void): void {
  const { catalogue, settings } = readFiles(options, systemClock, () => {});
  const type = options.type === null ? undefined : catalogue.type(options.type);
  if (type === null) {
    throw new DiaryTrouble(`There is no type ${options.type}: ${catalogue.types.join(", ")}.`);
  }
  const tag = options.tag === null ? undefined : tagOf(options.tag, settings.vocabulary);
  if (tag === null) {
    const known = settings.vocabulary.list.join(", ");
    throw new DiaryTrouble(`There is no mood ${options.tag}: ${known}.`);
  }
  const store = openToRead(options);
  const { user, day } = options;
  const entries = store.entries({ user: user ?? undefined, day: day ?? undefined, type, tag });
  store.close();
  if (options.json) return print(JSON.stringify(entries, null, 2));
  if (entries.length === 0) print(say(options.language, "nothing"));
  const several = new Set(entries.map((entry) => entry.user)).size > 1;
  for (const entry of entries) {
    const { timeZone } = settings.users.get(entry.user) ?? settings.anybody;
    print(sayEntry(entry, timeZone, options.language, several));
  }
}
