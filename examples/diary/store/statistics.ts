import type { Database } from "./database.ts";
import { entriesBy, type EntryFilter } from "./queries.ts";

/** How often each thing occurs, the most frequent first. */
export type Counts = Readonly<Record<string, number>>;

/** A diary in figures. */
export type Statistics = {
  readonly entries: number;
  readonly days: number;
  readonly byType: Counts;
  readonly byTag: Counts;
  readonly bySource: Counts;
  /** Entries by who wrote them; those of a fallback pattern are not among them. */
  readonly byProvider: Counts;
  readonly byNote: Counts;
  /** Events that are still to be written or decided about, by what they wait for. */
  readonly waiting: Counts;
  /** Events that were not written, by reason. */
  readonly notWritten: Counts;
  readonly attempts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In US dollars, of the entries whose cost is known; `null`: of none it is. */
  readonly cost: number | null;
};

/** Counts a user's entries, or everybody's. */
export function statisticsOf(
  database: Database,
  filter: Pick<EntryFilter, "user" | "day">,
): Statistics {
  const entries = entriesBy(database, filter);
  const count = (column: "reason" | "state", states: string): Counts => {
    const sql =
      `SELECT ${column} AS what, count(*) AS count FROM events WHERE state IN (${states}) ` +
      "AND (?1 IS NULL OR user = ?1) AND (?2 IS NULL OR day = ?2) GROUP BY what";
    const rows = database.all(sql, [filter.user ?? null, filter.day ?? null]);
    return sorted(rows.map((row) => [String(row["what"]), Number(row["count"])]));
  };
  const sum = (figures: readonly (number | null)[]): number =>
    figures.reduce<number>((total, one) => total + (one ?? 0), 0);
  const costs = entries.map(({ cost }) => cost).filter((cost) => cost !== null);
  return {
    entries: entries.length,
    days: new Set(entries.map(({ day }) => day)).size,
    byType: countsOf(entries.map(({ type }) => type)),
    byTag: countsOf(entries.flatMap(({ tags }) => tags)),
    bySource: countsOf(entries.map(({ source }) => source)),
    byProvider: countsOf(entries.flatMap(({ provider }) => provider ?? [])),
    byNote: countsOf(entries.flatMap(({ notes }) => notes.map((note) => note.replace(/:.*/u, "")))),
    waiting: count("state", "'queued', 'later', 'reserved'"),
    notWritten: count("reason", "'skipped', 'refused'"),
    attempts: sum(entries.map(({ attempts }) => attempts)),
    inputTokens: sum(entries.map(({ inputTokens }) => inputTokens)),
    outputTokens: sum(entries.map(({ outputTokens }) => outputTokens)),
    cost: costs.length === 0 ? null : sum(costs),
  };
}

function countsOf(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return sorted([...counts]);
}

function sorted(counts: readonly (readonly [string, number])[]): Counts {
  return Object.fromEntries(counts.toSorted((a, b) => b[1] - a[1]));
}
