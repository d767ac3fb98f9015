import { statSync } from "node:fs";
import type { Database } from "../store/database.ts";
import type { Store } from "../store/store.ts";
import { storeOn } from "../store/store.ts";
import type { Catalogue } from "../event/catalogue.ts";
import type { Settings } from "../settings.ts";
import { entryFeed, type EntryFeed } from "./entry-feed.ts";

/** What the page is made from: it reads, and never writes. */
export type DiarySource = {
  readonly store: Pick<Store, "entries" | "events" | "statistics">;
  readonly feed: EntryFeed;
  readonly database: Database;
  readonly settings: Settings;
  readonly catalogue: Catalogue;
  /** Whether the file that was opened is still the one of that name. */
  readonly isInPlace: () => boolean;
  /** Whether the entries are made up; the page says so. */
  readonly simulated: boolean;
  /** What the clocks show in a simulated day, such as 08:05; `null`: it has none of its own. */
  readonly simulatedTime: (() => string) | null;
};

/** The page's source on an open database. */
export function diarySource(
  database: Database,
  rest: Pick<DiarySource, "settings" | "catalogue"> & {
    readonly simulatedTime?: () => string;
  },
): DiarySource {
  const { settings, catalogue, simulatedTime = null } = rest;
  const simulated = simulatedTime !== null;
  const store = storeOn(database, "page");
  const feed = entryFeed(database);
  const opened = fileAt(database.path);
  const isInPlace = (): boolean => fileAt(database.path) === opened;
  return { store, feed, database, settings, catalogue, isInPlace, simulated, simulatedTime };
}

// What tells one file from another; "": there is none, as of a database in memory.
function fileAt(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? "" : `${found.dev} ${found.ino}`;
}
