import type { DayState, Decision } from "../decide/decide.ts";
import { dayAfter } from "../decide/local-time.ts";
import type { DiaryEvent } from "../event/event.ts";
import type { Database } from "./database.ts";
import type { Draft } from "./entry.ts";
import type { EventRecord, EventState } from "./record.ts";

/** What is to become of an event that was decided about. */
export type Settlement = {
  readonly decision: Decision;
  readonly state: EventState;
  /** When it happens for the diary; for one that waited, when it was due. */
  readonly at: number;
  readonly day: string;
  /** Until when a place is held, or when it is asked again; `null`: neither. */
  readonly due: number | null;
};

const taken = "state IN ('reserved', 'queued', 'written')";

/** What an event's day has come to, as the database has it. */
export function dayState(database: Database, event: DiaryEvent): DayState {
  const { user, day } = event;
  const [drawn] = database.all("SELECT quota FROM days WHERE user = ? AND day = ?", [user, day]);
  const rows = database.all(
    `SELECT type, uses_place FROM events WHERE user = ? AND day = ? AND ${taken}`,
    [user, day],
  );
  const holiday = holidayOf(event);
  const [chosen] =
    holiday === null
      ? []
      : database.all("SELECT chosen FROM holidays WHERE user = ? AND holiday = ? AND date = ?", [
          ...[user, holiday.name, holiday.date],
        ]);
  return {
    quota: typeof drawn?.["quota"] === "number" ? drawn["quota"] : null,
    placesTaken: rows.filter((row) => row["uses_place"] === 1).length,
    typesTaken: rows.map((row) => String(row["type"])),
    holidayOffset: typeof chosen?.["chosen"] === "number" ? chosen["chosen"] : null,
  };
}

/** An event's holiday and the date it falls on; `null` if it belongs to none. */
export function holidayOf({
  day,
  context,
}: DiaryEvent): { readonly name: string; readonly date: string; readonly offset: number } | null {
  const { holiday, offset } = context;
  if (typeof holiday !== "string" || typeof offset !== "number") return null;
  return { name: holiday.slice(0, 100), date: dayAfter(day, -offset), offset };
}

/** Keeps what was drawn for the event's day and its holiday. */
export function keepDrawn(database: Database, event: DiaryEvent, { decision }: Settlement): void {
  const { quota, holidayOffset } = decision.drawn;
  const { user, day } = event;
  if (quota !== null) {
    database.run("INSERT OR IGNORE INTO days (user, day, quota) VALUES (?, ?, ?)", [
      ...[user, day, quota],
    ]);
  }
  const holiday = holidayOf(event);
  if (holiday === null || holidayOffset === null) return;
  database.run("INSERT OR IGNORE INTO holidays (user, holiday, date, chosen) VALUES (?, ?, ?, ?)", [
    user,
    holiday.name,
    holiday.date,
    holidayOffset,
  ]);
}

/** The event with what was decided about it. */
export function recordOf(event: DiaryEvent, settlement: Settlement, now: number): EventRecord {
  const { decision, state, at, day, due } = settlement;
  const { write: _, drawn: __, ...figures } = decision;
  const reason = decision.write ? decision.why : decision.reason;
  const { id, user, name, type, context } = event;
  const detail = { ...figures, quota: decision.drawn.quota };
  return { id, user, day, at, name, type, context, state, reason, detail, due, toldAt: now };
}

/** Keeps an event, in place of what was known of it before. */
export function keepEvent(
  database: Database,
  record: EventRecord,
  place: { readonly holder: string; readonly free: boolean; readonly usesPlace: boolean },
): void {
  const { id, user, day, at, name, type, state, reason, due, toldAt } = record;
  const columns =
    "id, user, day, at, name, type, context, state, reason, detail, free, uses_place, due, " +
    "holder, told_at";
  const set = columns
    .split(", ")
    .slice(1)
    .map((column) => `${column} = excluded.${column}`);
  database.run(
    `INSERT INTO events (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ` +
      `ON CONFLICT (id) DO UPDATE SET ${set.join(", ")}`,
    [
      ...[id, user, day, at, name, type, JSON.stringify(record.context), state, reason],
      ...[JSON.stringify(record.detail), place.free ? 1 : 0, place.usesPlace ? 1 : 0],
      ...[due, place.holder, toldAt],
    ],
  );
}

/** Keeps an entry's words. */
export function keepEntry(database: Database, event: string, draft: Draft, now: number): void {
  database.run(
    "INSERT INTO entries (event, title, content, tags, source, provider, model, attempts, " +
      "input_tokens, output_tokens, cost, prompt_version, notes, written_at) " +
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [
      ...[event, draft.title, draft.content, JSON.stringify(draft.tags), draft.source],
      ...[draft.provider, draft.model, draft.attempts, draft.inputTokens, draft.outputTokens],
      ...[draft.cost, draft.promptVersion, JSON.stringify(draft.notes), now],
    ],
  );
}
