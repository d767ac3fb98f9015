import type { DayState } from "../decide/decide.ts";
import type { KnownParts, Refusal } from "../event/check-event.ts";
import type { DiaryEvent } from "../event/event.ts";
import type { Database } from "./database.ts";
import type { Draft, Entry } from "./entry.ts";
import { dayState, keepDrawn, keepEntry, keepEvent, recordOf, type Settlement } from "./keep.ts";
import { entryColumns, entryOf, eventColumns, eventOf } from "./read-rows.ts";
import type { EventRecord } from "./record.ts";

/** What is known of an event that cannot be taken, and the day on which it was told. */
export type Refused = KnownParts & { readonly id: string; readonly day: string };

/** The places of a day, given and taken in one step each, by one process among others. */
export type Places = {
  /** The event of this id, and what became of it. */
  find(id: string): EventRecord | null;
  /** Keeps an event that cannot be taken, with the reason; it may be told again. */
  refuse(known: Refused, refusal: Refusal, now: number): EventRecord;
  /**
   * Decides about an event and keeps the decision, with its place, in one step. An event that was
   * decided about before keeps its answer: nothing is drawn again.
   */
  settle(
    event: DiaryEvent,
    now: number,
    choose: (state: DayState) => Settlement,
  ): { readonly record: EventRecord; readonly again: boolean };
  /** Takes an event that is due, until then; `false`: somebody else has it. */
  claim(record: EventRecord, until: number): boolean;
  /** Holds a place of this process until then; `false`: it holds it no more. */
  hold(id: string, until: number): boolean;
  /** Keeps the entry of a place that this process holds; `null`: it holds it no more. */
  write(id: string, draft: Draft, now: number): Entry | null;
  /** Leaves the event, whose place this process holds, for later: its place is kept. */
  queue(id: string, due: number, detail: object): boolean;
  /** Gives a place back, and keeps why; the event may be told again. */
  release(id: string, reason: string, detail: object): boolean;
};

/** The places of a database; `holder` names this process. */
export function placesOf(database: Database, holder: string): Places {
  const find = (id: string): EventRecord | null => {
    const [row] = database.all(`SELECT ${eventColumns} FROM events WHERE id = ?`, [id]);
    return row === undefined ? null : eventOf(row);
  };
  // Only a place that this process holds is changed.
  const change = (id: string, set: string, values: readonly (string | number)[]): boolean => {
    const sql = `UPDATE events SET ${set} WHERE id = ? AND state = 'reserved' AND holder = ?`;
    return database.run(sql, [...values, id, holder]) === 1;
  };

  return {
    find,
    refuse: (known, { reason, detail }, now) =>
      database.whole(() => {
        const before = find(known.id);
        const { id, name, type, day, user } = known;
        if (before !== null && (before.state !== "refused" || before.user !== (user ?? ""))) {
          return before;
        }
        const event = { id, user: user ?? "", day, at: now, name, type, context: {} };
        const why = { state: "refused", reason, detail: { what: detail } } as const;
        const record: EventRecord = { ...event, ...why, due: null, toldAt: now };
        keepEvent(database, record, { holder, free: false, usesPlace: false });
        return record;
      }),
    settle: (event, now, choose) =>
      database.whole(() => {
        const before = find(event.id);
        // What another user told under this id is that user's.
        const isOwn = before?.user === event.user;
        const isOpen = before === null || (before.state === "refused" && isOwn);
        const isSame = isOwn && before.name === event.name;
        const isDue = isSame && before.state === "later" && (before.due ?? Infinity) <= now;
        if (before !== null && !isOpen && !isDue) return { record: before, again: true };
        const settlement = choose(dayState(database, event));
        const { decision } = settlement;
        keepDrawn(database, event, settlement);
        const record = recordOf(event, settlement, now);
        const free = decision.write && decision.why !== "rolled";
        const usesPlace = decision.write && decision.usesPlace;
        keepEvent(database, record, { holder, free, usesPlace });
        return { record, again: false };
      }),
    claim: ({ id, state, due }, until) => {
      const set = "UPDATE events SET state = 'reserved', holder = ?, due = ?";
      const sql = `${set} WHERE id = ? AND state = ? AND due = ?`;
      return database.run(sql, [holder, until, id, state, due]) === 1;
    },
    hold: (id, until) => change(id, "due = ?", [until]),
    write: (id, draft, now) =>
      database.whole(() => {
        if (!change(id, "state = 'written', due = NULL", [])) return null;
        keepEntry(database, id, draft, now);
        const join = "entries JOIN events ON events.id = entries.event";
        const sql = `SELECT ${entryColumns} FROM ${join} WHERE events.id = ?`;
        const [row] = database.all(sql, [id]);
        return row === undefined ? null : entryOf(row);
      }),
    queue(id, due, detail) {
      const set = "state = 'queued', due = ?, detail = ?";
      return change(id, set, [due, JSON.stringify(detail)]);
    },
    release(id, reason, detail) {
      const set = "state = 'refused', due = NULL, reason = ?, detail = ?";
      return change(id, set, [reason, JSON.stringify(detail)]);
    },
  };
}
