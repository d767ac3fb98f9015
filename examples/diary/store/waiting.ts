import type { Database } from "./database.ts";
import { eventColumns, eventOf } from "./read-rows.ts";
import type { EventRecord } from "./record.ts";

/**
 * What waits for its time: neglect for the next day, the queue for a provider, and the places that
 * a process left when it ended.
 */
export type Waiting = {
  /** Events to be looked at as of now, in the order in which they happened. */
  due(now: number): readonly EventRecord[];
  /** When the next event is due; `null`: none ever. */
  nextDue(): number | null;
  /** When the entries that wait for a provider are tried again; `null`: none waits. */
  nextRetry(): number | null;
  /** Nothing in the queue is due before this moment. */
  postpone(until: number): void;
};

/** What waits in a database. */
export function waitingIn(database: Database): Waiting {
  const figure = (sql: string): number | null => {
    const value = database.all(sql)[0]?.["figure"];
    return typeof value === "number" ? value : null;
  };
  return {
    due(now) {
      const sql = `SELECT ${eventColumns} FROM events WHERE due <= ? ORDER BY at, number`;
      return database.all(sql, [now]).map(eventOf);
    },
    nextDue: () => figure("SELECT min(due) AS figure FROM events WHERE due IS NOT NULL"),
    nextRetry: () => figure("SELECT min(due) AS figure FROM events WHERE state = 'queued'"),
    postpone(until) {
      database.run("UPDATE events SET due = max(due, ?) WHERE state = 'queued'", [until]);
    },
  };
}
