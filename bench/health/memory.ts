import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createJournal } from "../../src/journal.ts";
import { systemPorts } from "../../src/node/ports.ts";
import { appliedEvent, configurationOf, eventsOfOne } from "./day.ts";

/** What the process held after so many requests, in bytes. */
export type MemoryPoint = {
  readonly requests: number;
  readonly heap: number;
  readonly resident: number;
};

const batch = 1_000;

/** Lets the events of so many requests through a journal with an observer; looks now and then. */
export async function measureMemory(
  requests: number,
  every: number,
): Promise<readonly MemoryPoint[]> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const snapshot = configurationOf(20);
  const { clock } = systemPorts();
  const journal = createJournal(clock);
  let told = 0;
  journal.subscribe(() => void (told += 1));
  journal.emit(appliedEvent(snapshot));
  const points: MemoryPoint[] = [];
  for (let number = 0; number < requests; number += 1) {
    const provider = snapshot.providers[number % snapshot.providers.length];
    if (provider === undefined) break;
    const kind = number % 50 === 0 ? "rate_limited" : number % 7 === 0 ? "server" : null;
    for (const event of eventsOfOne(provider, number, 1_000 + number * 10, kind)) {
      journal.emit(event);
    }
    // The observers are told after the tick.
    if (number % batch === batch - 1) await new Promise((resolve) => setImmediate(resolve));
    if ((number + 1) % every !== 0) continue;
    collect();
    const { heapUsed: heap, rss: resident } = process.memoryUsage();
    points.push({ requests: number + 1, heap, resident });
  }
  if (told === 0) throw new Error("The observer was told nothing.");
  return points;
}
