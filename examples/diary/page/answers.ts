import { localTime } from "../decide/local-time.ts";
import { briefReason, fullReason } from "../say-reason.ts";
import type { EntryFilter } from "../store/queries.ts";
import type { EventRecord } from "../store/record.ts";
import { tagOf } from "../write/vocabulary.ts";
import { NotAsked, readQuery } from "./answer.ts";
import type { DiarySource } from "./diary-source.ts";
import type { About, Day, Entries, ToldDecision } from "./shapes.ts";
import { tellEntry } from "./told-entry.ts";

/** At most so many entries in one answer: the latest. */
export const mostEntries = 1_000;
const mostDecisions = 10_000;

type Ask = (source: DiarySource, query: URLSearchParams) => unknown;

/** The page's questions by their path; each throws NotAsked for what cannot be asked. */
export const answers: Readonly<Record<string, Ask>> = {
  "/api/about": about,
  "/api/entries": entries,
  "/api/days": days,
  "/api/stats": (source, query) => source.store.statistics(readQuery(query, ["user", "day"])),
  "/api/decisions": decisions,
};

function about(source: DiarySource, query: URLSearchParams): About {
  const { settings, catalogue, database, simulated } = source;
  readQuery(query, []);
  const rows = database.all("SELECT DISTINCT user FROM entries JOIN events ON id = event");
  const writing = new Set(rows.map(({ user }) => String(user)));
  const ids = new Set([...settings.users.keys(), ...writing]);
  const users = [...ids].map((id) => {
    const { nickname, toy } = settings.users.get(id) ?? settings.anybody;
    return { id, nickname, toy, known: settings.users.has(id), hasEntries: writing.has(id) };
  });
  return { simulated, users, tags: settings.vocabulary.list, types: catalogue.types };
}

function entries(source: DiarySource, query: URLSearchParams): Entries {
  // Asked first: what comes in between is told again, and not lost.
  const last = source.feed.last();
  const found = source.store.entries({ ...filterOf(source, query), last: mostEntries + 1 });
  const told = found.slice(-mostEntries).map((entry) => tellEntry(entry, source.settings));
  return { entries: told, last, more: found.length > told.length };
}

function filterOf({ settings, catalogue }: DiarySource, query: URLSearchParams): EntryFilter {
  const { user, day, ...asked } = readQuery(query, ["user", "day", "tag", "type"]);
  const tag = asked.tag === undefined ? undefined : tagOf(asked.tag, settings.vocabulary);
  const type = asked.type === undefined ? undefined : catalogue.type(asked.type);
  if (tag === null) {
    throw new NotAsked(`There is no mood ${asked.tag}: ${settings.vocabulary.list.join(", ")}.`);
  }
  if (type === null) {
    throw new NotAsked(`There is no type ${asked.type}: ${catalogue.types.join(", ")}.`);
  }
  return { user, day, tag, type };
}

function days(
  { database }: DiarySource,
  query: URLSearchParams,
): { readonly days: readonly Day[] } {
  const { user = null } = readQuery(query, ["user"]);
  const rows = database.all(
    "SELECT day, user, tags FROM entries JOIN events ON id = event " +
      "WHERE ?1 IS NULL OR user = ?1 ORDER BY day",
    [user],
  );
  const found = new Map<string, { entries: number; tags: Record<string, number> }>();
  for (const row of rows) {
    const day = String(row["day"]);
    const one = found.get(day) ?? { entries: 0, tags: {} };
    one.entries += 1;
    for (const tag of JSON.parse(String(row["tags"])) as readonly string[]) {
      one.tags[tag] = (one.tags[tag] ?? 0) + 1;
    }
    found.set(day, one);
  }
  return { days: [...found].map(([day, one]) => ({ day, ...one })) };
}

function decisions(
  { store, settings }: DiarySource,
  query: URLSearchParams,
): { readonly decisions: readonly ToldDecision[]; readonly more: boolean } {
  const filter = readQuery(query, ["user", "day"]);
  const found = store.events({ ...filter, last: mostDecisions + 1 });
  const zoneOf = ({ user }: EventRecord) => (settings.users.get(user) ?? settings.anybody).timeZone;
  const told = found.slice(-mostDecisions).map((record) => {
    // What an event was about stays out of it: the reason is asked for, and no more.
    const { id, user, day, name, type, state, reason } = record;
    const due = record.due === null ? null : localTime(record.due, zoneOf(record));
    const words = { en: fullReason(record, "en"), zh: fullReason(record, "zh") };
    const brief = { en: briefReason(reason, "en"), zh: briefReason(reason, "zh") };
    const { time } = localTime(record.at, zoneOf(record));
    return { id, user, day, time, name, type, state, reason, due, brief, words };
  });
  return { decisions: told, more: found.length > told.length };
}
