import type { Agents } from "./agent/agents.ts";
import { localTime } from "./decide/local-time.ts";
import type { DiaryParts } from "./diary.ts";
import type { Profile } from "./profile.ts";
import type { Draft } from "./store/entry.ts";
import type { EventRecord } from "./store/record.ts";
import { StoreTrouble } from "./store/store-trouble.ts";
import type { NoEntry } from "./write/ask-entry.ts";
import { createSlots } from "./write/slots.ts";
import { ownWords, writeWords, type Subject } from "./write/write-words.ts";

/** What became of a place; `lost`: another process took it over, and its entry counts. */
export type Written = "written" | "queued" | "released" | "lost";

/** Writes the entries of places that this process holds. */
export type Writer = {
  /** Whether the entry of this event is being written here. */
  isBusy(id: string): boolean;
  /** How long a place is held before another process may take it, in milliseconds. */
  readonly leaseMs: number;
  /** Writes, queues or gives up one entry; never rejects. */
  write(record: EventRecord): Promise<Written>;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
};

// A place is held for so much longer than the writing may take.
const spareMs = 60_000;

// Failures that no waiting mends: the next request would meet them again.
const lasting = new Set<NoEntry["kind"]>([
  ...(["malformed", "content_filtered", "bad_request", "context_length"] as const),
]);

/** A writer for a diary. */
export function createWriter(parts: DiaryParts, profileOf: (user: string) => Profile): Writer {
  const { store, settings, clock, tell, catalogue } = parts;
  const { writing } = settings;
  const inTurn = createSlots(writing.concurrency);
  const underWay = new Map<string, Promise<Written>>();
  const leaseMs = writing.deadlineMs + spareMs;
  const names = catalogue.events.map(({ name }) => name);
  const afterThisTick = (task: () => void): void => clock.defer(task);
  const desk = { manager: parts.manager, settings, names, afterThisTick };

  function keep(record: EventRecord, draft: Draft): "written" | "lost" {
    const entry = store.write(record.id, draft, clock.now());
    if (entry === null) return "lost";
    tell({ type: "entry", entry });
    return "written";
  }

  function queue(record: EventRecord, failure: NoEntry): "queued" | "lost" {
    const tries = Number(record.detail["tries"] ?? 0) + 1;
    const due = clock.now() + waitFor(failure, tries, writing.queueRetryMs);
    const why = { tries, kind: failure.kind, what: failure.message };
    const detail = { ...record.detail, ...why };
    if (!store.queue(record.id, due, detail)) return "lost";
    store.postpone(due);
    const kept = store.find(record.id) ?? record;
    tell({ type: "queued", record: kept, failure });
    return "queued";
  }

  async function write(record: EventRecord): Promise<Written> {
    try {
      // When its turn came late, the place is held anew for as long as the writing may take.
      const soonOver = (record.due ?? 0) - clock.now() < writing.deadlineMs + spareMs / 2;
      if (soonOver && !store.hold(record.id, clock.now() + leaseMs)) return "lost";
      const subject = subjectOf(record, parts.agents, profileOf(record.user));
      const result = await writeWords(subject, desk);
      if ("draft" in result) return keep(record, result.draft);
      const { failure } = result;
      const tooOld = clock.now() - record.toldAt >= writing.queueMs;
      const mayWait = writing.whenAllFail === "queue" && !lasting.has(failure.kind) && !tooOld;
      // Whoever stops the program does not want a lesser entry for it.
      if (mayWait || failure.kind === "aborted") return queue(record, failure);
      return keep(record, ownWords(subject, failure, settings));
    } catch (error) {
      return giveUp(parts, record, error);
    }
  }

  return {
    leaseMs,
    isBusy: (id) => underWay.has(id),
    write(record) {
      const done = inTurn(() => write(record)).finally(() => void underWay.delete(record.id));
      underWay.set(record.id, done);
      return done;
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay.values());
    },
  };
}

function subjectOf(record: EventRecord, agents: Agents, profile: Profile): Subject {
  const { id, name, at, context } = record;
  const agent = agents.get(record.type ?? "");
  const event = agent.events.get(name);
  if (event === undefined) throw new Error(`The agent ${agent.type} no longer knows ${name}.`);
  return { id, agent, event, context, profile, when: localTime(at, profile.timeZone) };
}

// As long as was said, or twice as long each time.
function waitFor(
  failure: NoEntry,
  tries: number,
  [shortest, longest]: readonly [number, number],
): number {
  const backoff = Math.min(longest, shortest * 2 ** (tries - 1));
  const waitMs = Math.max(shortest, failure.retryAfterMs ?? backoff);
  return Math.ceil(Math.min(longest, waitMs));
}

function giveUp(parts: DiaryParts, record: EventRecord, error: unknown): Written {
  const { store, clock, settings, tell } = parts;
  const problem = error instanceof Error ? error.message : String(error);
  tell({ type: "trouble", record, problem });
  try {
    if (!(error instanceof StoreTrouble)) {
      return store.release(record.id, "failed", { what: problem }) ? "released" : "lost";
    }
    const due = clock.now() + settings.writing.queueRetryMs[0];
    const detail = { ...record.detail, what: problem };
    return store.queue(record.id, due, detail) ? "queued" : "lost";
  } catch {
    // The database takes nothing: the place is held to its end, and then written after all.
    return "queued";
  }
}
