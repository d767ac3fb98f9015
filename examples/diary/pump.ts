import type { DiaryParts } from "./diary.ts";
import type { EventRecord } from "./store/record.ts";
import type { Store } from "./store/store.ts";
import type { Writer } from "./writer.ts";

/** Does what is due, in the order in which it happened, one after the other. */
export type Pump = {
  now(): Promise<void>;
  /** Sees to it that it runs when something is due. */
  schedule(): void;
  stop(): void;
};

type Settle = (record: EventRecord) => ReturnType<Store["settle"]>;

const longestMs = 3_600_000;
const restMs = 5_000;

/** A pump for a diary; `settle` asks an event that waited for its day. */
export function createPump(parts: DiaryParts, writer: Writer, settle: Settle): Pump {
  const { store, clock, tell } = parts;
  let running: Promise<void> | null = null;
  let cancel: (() => void) | null = null;
  let stopped = false;
  // After trouble with the database, or while others are at it, it is left alone for a while.
  let notBefore = 0;

  async function run(): Promise<void> {
    for (;;) {
      const due = stopped ? [] : store.due(clock.now());
      const record = due.find(({ id }) => !writer.isBusy(id));
      if (record !== undefined) await doOne(record, parts, writer, settle);
      else if (due.length > 0) return rest();
      else return;
    }
  }

  function rest(): void {
    notBefore = clock.now() + restMs;
  }

  function now(): Promise<void> {
    const failed = (error: unknown): never => {
      rest();
      throw error;
    };
    running ??= run()
      .catch(failed)
      .finally(() => {
        running = null;
        schedule();
      });
    return running;
  }

  function schedule(): void {
    cancel?.();
    cancel = null;
    if (stopped || running !== null) return;
    const due = nextDue();
    if (due === null) return;
    // A timer that rings too early only looks again.
    const waitMs = Math.max(0, Math.max(due, notBefore) - clock.now());
    cancel = clock.setTimer(Math.min(waitMs, longestMs), () => void now().catch(report), true);
  }

  function nextDue(): number | null {
    try {
      return store.nextDue();
    } catch (error) {
      report(error);
      return clock.now() + restMs;
    }
  }

  function report(error: unknown): void {
    const problem = error instanceof Error ? error.message : String(error);
    tell({ type: "trouble", record: null, problem });
  }

  return {
    now,
    schedule,
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

async function doOne(
  record: EventRecord,
  { store, clock, tell }: DiaryParts,
  writer: Writer,
  settle: Settle,
): Promise<void> {
  if (record.state !== "later") {
    const mine = store.claim(record, clock.now() + writer.leaseMs);
    if (mine) await writer.write(record);
    return;
  }
  const settled = settle(record);
  if (settled.again) return;
  if (settled.record.state === "reserved") await writer.write(settled.record);
  else tell({ type: "skipped", record: settled.record });
}
