import type { Clock, Random } from "standin";
import type { Agents } from "./agent/agents.ts";
import { choosePlace } from "./decide/choose-place.ts";
import { localTime } from "./decide/local-time.ts";
import type { Catalogue } from "./event/catalogue.ts";
import { checkEvent, type KnownParts, type Refusal } from "./event/check-event.ts";
import type { DiaryEvent } from "./event/event.ts";
import type { DiaryNews } from "./news.ts";
import { createPump } from "./pump.ts";
import type { Settings } from "./settings.ts";
import type { Entry } from "./store/entry.ts";
import type { EventRecord } from "./store/record.ts";
import type { Store } from "./store/store.ts";
import { createWriter } from "./writer.ts";
import type { ObjectMaker } from "./write/ask-entry.ts";

/** Everything a diary is made of. */
export type DiaryParts = {
  readonly catalogue: Catalogue;
  readonly settings: Settings;
  readonly agents: Agents;
  readonly store: Store;
  readonly manager: ObjectMaker;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: () => string;
  readonly tell: (news: DiaryNews) => void;
};

/** What became of an event. */
export type Outcome = {
  readonly record: EventRecord;
  readonly entry: Entry | null;
  /** Whether it had its answer before, and kept it. */
  readonly again: boolean;
};

/** A diary that is being kept. */
export type Diary = {
  /**
   * Takes one event and says what became of it, when that is known. Rejects with StoreTrouble
   * alone, when the database cannot keep it: then it has to be told again.
   */
  take(input: unknown, options?: { readonly force?: boolean }): Promise<Outcome>;
  /** Takes many; one that fails keeps none from being taken. In their order. */
  takeAll(
    inputs: readonly unknown[],
  ): Promise<readonly (Outcome | { readonly trouble: unknown })[]>;
  /** Does what is due: what waited for its day, for a provider, or for a process that ended. */
  pump(): Promise<void>;
  /** Takes nothing more; resolves when what is under way is at its end. */
  close(): Promise<void>;
};

const idTaken: Refusal = {
  reason: "bad_event",
  detail: "its id belongs to another event: give every event an id of its own, or none",
};

function isSame(record: EventRecord, { user, name }: Pick<KnownParts, "user" | "name">): boolean {
  return record.user === (user ?? "") && record.name === name;
}

/** A diary on these parts; it begins at once with what is due. */
export function createDiary(given: DiaryParts): Diary {
  const { clock } = given;
  // The diary keeps whole milliseconds.
  const now = (): number => Math.floor(clock.now());
  const setTimer: Clock["setTimer"] = (...timer) => clock.setTimer(...timer);
  const defer: Clock["defer"] = (task) => clock.defer(task);
  const parts = { ...given, clock: { now, setTimer, defer } };
  const { catalogue, settings, agents, store, tell } = parts;
  const profileOf = (user: string) => settings.users.get(user) ?? settings.anybody;
  const house = { catalogue, agents, profileOf, newId: parts.newId };
  const writer = createWriter(parts, profileOf);
  const settle = (event: DiaryEvent, due: boolean, force: boolean) =>
    store.settle(event, now(), (state) => {
      const asked = { event, due, force, timeZone: profileOf(event.user).timeZone };
      return choosePlace(asked, state, { ...parts, rules: settings.rules }, writer.leaseMs);
    });
  const pump = createPump(parts, writer, (record) => {
    const at = record.due ?? record.at;
    const { day } = localTime(at, profileOf(record.user).timeZone);
    const { id, name, user, context } = record;
    return settle({ id, name, type: record.type ?? "", user, at, day, context }, true, false);
  });

  async function take(input: unknown, { force = false } = {}): Promise<Outcome> {
    const checked = checkEvent(input, now(), house);
    if (checked.event === null) return refuse(checked.known, checked.refusal);
    const { event } = checked;
    const { record, again } = settle(event, false, force);
    if (again && !isSame(record, event)) return refuse(event, idTaken);
    if (again) return { record, entry: store.entry(record.id), again };
    if (record.state === "reserved") return writeOrQueue(record);
    tell({ type: record.state === "later" ? "later" : "skipped", record });
    pump.schedule();
    return { record, entry: null, again };
  }

  function refuse(known: KnownParts, refusal: Refusal): Outcome {
    const { day } = localTime(now(), profileOf(known.user ?? "").timeZone);
    const keep = (id: string, why: Refusal): EventRecord =>
      store.refuse({ ...known, id, day }, why, now());
    const kept = keep(known.id ?? parts.newId(), refusal);
    // Another's event is nobody else's answer.
    const record = isSame(kept, known) ? kept : keep(parts.newId(), refusal);
    if (record.state === "refused") tell({ type: "refused", record });
    return { record, entry: null, again: record.state !== "refused" };
  }

  async function writeOrQueue(record: EventRecord): Promise<Outcome> {
    // Whoever waits for a provider is first: the diary is written in order.
    const retryAt = settings.writing.whenAllFail === "queue" ? store.nextRetry() : null;
    if (retryAt !== null && store.queue(record.id, retryAt, record.detail)) {
      tell({ type: "queued", record, failure: null });
    } else await writer.write(record);
    pump.schedule();
    return { record: store.find(record.id) ?? record, entry: store.entry(record.id), again: false };
  }

  pump.schedule();
  return {
    take,
    takeAll: (inputs) =>
      Promise.all(inputs.map((input) => take(input).catch((trouble: unknown) => ({ trouble })))),
    pump: () => pump.now(),
    async close() {
      pump.stop();
      await writer.idle();
    },
  };
}
