import type { Content } from "../chat/answer.ts";
import { createCollector } from "../chat/collect.ts";
import type { Delta } from "../chat/delta.ts";
import { isContent } from "../chat/delta.ts";
import type { Clock } from "../ports.ts";
import type { Watchdog } from "./watchdog.ts";

/** Where the deltas of a stream go. */
export type Sink = {
  /** A promise where the receiver has enough for now. */
  push(deltas: readonly Delta[]): Promise<void> | undefined;
};

/** The deltas of one attempt: gathered, held back until the first content, then passed on. */
export type Delivery = {
  /** A promise where the receiver has enough for now. */
  deliver(deltas: readonly Delta[], watchdog: Watchdog): Promise<void> | undefined;
  content(): Content;
  /** Whether a finish reason was given. */
  finished(): boolean;
  committed(): boolean;
  /** Milliseconds from the start to the first content; `null` while there is none. */
  /** When it began, by its clock. */
  readonly startedAt: number;
  firstContentMs(): number | null;
};

/** A delivery whose time begins now; without a sink everything is only gathered. */
export function createDelivery(
  sink: Sink | null,
  onCommit: (firstContentMs: number) => void,
  clock: Clock,
): Delivery {
  const startedAt = clock.now();
  const collector = createCollector();
  let held: Delta[] = [];
  let committed = false;
  let firstContentMs: number | null = null;

  // What may reach the caller now: nothing before the first content, then all that was held too.
  function flowing(deltas: readonly Delta[]): readonly Delta[] {
    if (committed) return deltas;
    held.push(...deltas);
    if (firstContentMs === null) return [];
    committed = true;
    onCommit(firstContentMs);
    const all = held;
    held = [];
    return all;
  }

  return {
    deliver(deltas, watchdog) {
      for (const delta of deltas) collector.add(delta);
      if (deltas.some(isContent)) {
        watchdog.content();
        firstContentMs ??= clock.now() - startedAt;
      }
      const full = sink?.push(flowing(deltas));
      return full === undefined ? undefined : standBy(full, watchdog);
    },
    startedAt,
    content: () => collector.content(),
    finished: () => collector.finished(),
    committed: () => committed,
    firstContentMs: () => firstContentMs,
  };
}

async function standBy(full: Promise<void>, watchdog: Watchdog): Promise<void> {
  watchdog.pause();
  await Promise.race([full, ended(watchdog.signal)]);
  watchdog.resume();
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
