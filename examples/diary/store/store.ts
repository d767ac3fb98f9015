import { openDatabase, type Database } from "./database.ts";
import type { Entry } from "./entry.ts";
import { placesOf, type Places } from "./places.ts";
import { entriesBy, eventsBy, type EntryFilter, type EventFilter } from "./queries.ts";
import type { EventRecord } from "./record.ts";
import { statisticsOf, type Statistics } from "./statistics.ts";
import { waitingIn, type Waiting } from "./waiting.ts";

/** The diary on disk. Every change is whole or none, also when several processes make them. */
export type Store = Places &
  Waiting & {
    /** The entry of this event; `null`: it has none. */
    entry(event: string): Entry | null;
    entries(filter: EntryFilter): readonly Entry[];
    events(filter: EventFilter): readonly EventRecord[];
    statistics(filter: Pick<EntryFilter, "user" | "day">): Statistics;
    close(): void;
  };

/**
 * Opens the store of a file, which is made if it is not there; `holder` names this process among
 * others. Throws StoreTrouble, as everything it can do does.
 */
export function openStore(
  path: string,
  holder: string,
  options?: { readonly busyMs?: number },
): Store {
  return storeOn(openDatabase(path, options), holder);
}

/** A store on a database that is open. */
export function storeOn(database: Database, holder: string): Store {
  return {
    ...placesOf(database, holder),
    ...waitingIn(database),
    entry: (event) => entriesBy(database, { event })[0] ?? null,
    entries: (filter) => entriesBy(database, filter),
    events: (filter) => eventsBy(database, filter),
    statistics: (filter) => statisticsOf(database, filter),
    close: () => database.close(),
  };
}
