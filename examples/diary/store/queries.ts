import type { SQLInputValue } from "node:sqlite";
import type { Database } from "./database.ts";
import type { Entry } from "./entry.ts";
import { entryColumns, entryOf, eventColumns, eventOf } from "./read-rows.ts";
import type { EventRecord } from "./record.ts";

/** Which entries are wanted; what is left out does not matter. */
export type EntryFilter = {
  readonly user?: string | undefined;
  readonly day?: string | undefined;
  readonly type?: string | undefined;
  readonly tag?: string | undefined;
  /** The id of its event. */
  readonly event?: string | undefined;
  /** Only those written at this moment or later, in epoch milliseconds. */
  readonly writtenFrom?: number | undefined;
  /** At most so many, the latest. */
  readonly last?: number | undefined;
};

/** Which events are wanted; what is left out does not matter. */
export type EventFilter = Pick<EntryFilter, "user" | "day" | "last"> & {
  /** An event's name, or its id. */
  readonly event?: string | undefined;
};

/** The entries, in the order in which the things happened. */
export function entriesBy(database: Database, filter: EntryFilter): readonly Entry[] {
  const { where, values } = conditions([
    ["user = ?", filter.user],
    ["day = ?", filter.day],
    ["type = ?", filter.type],
    ["entries.event = ?", filter.event],
    ["written_at >= ?", filter.writtenFrom],
    ["EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)", filter.tag],
  ]);
  const sql =
    `SELECT ${entryColumns} FROM entries JOIN events ON events.id = entries.event ${where} ` +
    "ORDER BY at DESC, number DESC LIMIT ?";
  return database
    .all(sql, [...values, filter.last ?? -1])
    .map(entryOf)
    .toReversed();
}

/** The events and what became of them, in the order in which they happened. */
export function eventsBy(database: Database, filter: EventFilter): readonly EventRecord[] {
  const { where, values } = conditions([
    ["user = ?", filter.user],
    ["day = ?", filter.day],
    ["? IN (name, id)", filter.event],
  ]);
  const sql = `SELECT ${eventColumns} FROM events ${where} ORDER BY at DESC, number DESC LIMIT ?`;
  return database
    .all(sql, [...values, filter.last ?? -1])
    .map(eventOf)
    .toReversed();
}

type Condition = readonly [string, SQLInputValue | undefined];

function conditions(list: readonly Condition[]): {
  readonly where: string;
  readonly values: readonly SQLInputValue[];
} {
  const used = list.filter((one): one is readonly [string, SQLInputValue] => one[1] !== undefined);
  const where = used.length === 0 ? "" : `WHERE ${used.map(([sql]) => sql).join(" AND ")}`;
  return { where, values: used.map(([, value]) => value) };
}
