import type { Database } from "../store/database.ts";
import type { Entry } from "../store/entry.ts";
import { entryColumns, entryOf } from "../store/read-rows.ts";

/** An entry with its place in the order in which entries were kept. */
export type NumberedEntry = { readonly number: number; readonly entry: Entry };

/** The entries of a database as they come, whichever process writes them. */
export type EntryFeed = {
  /** The number of the entry that was kept last; 0: there is none. */
  last(): number;
  /** The entries that were kept after this one, in that order; at most `most`. */
  after(number: number, most: number): readonly NumberedEntry[];
};

/** The feed of a database. Its numbers are the rows' own, which writers are given in turn. */
export function entryFeed(database: Database): EntryFeed {
  return {
    last() {
      const value = database.all("SELECT max(rowid) AS last FROM entries")[0]?.["last"];
      return typeof value === "number" ? value : 0;
    },
    after(number, most) {
      const sql =
        `SELECT entries.rowid AS entry_number, ${entryColumns} FROM entries ` +
        "JOIN events ON events.id = entries.event WHERE entries.rowid > ? " +
        "ORDER BY entries.rowid LIMIT ?";
      return database
        .all(sql, [number, most])
        .map((row) => ({ number: Number(row["entry_number"]), entry: entryOf(row) }));
    },
  };
}
