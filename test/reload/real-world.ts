import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock, Event, ManagerOptions, Watch } from "../../src/index.ts";
import { LLMConfigManager } from "../../src/index.ts";
import { systemClock } from "../../src/node/clock.ts";
import { systemWatch } from "../../src/node/watch.ts";
import { pollMs } from "../../src/config/watch.ts";
import type { Place } from "./styles.ts";

/** How often files are looked at without news: never, or so often that a test need not wait. */
export type Looking = "never" | "often";

/** The machine's time, but for how often files are looked at. */
export function clockLooking(looking: Looking): Clock {
  return {
    ...systemClock,
    setTimer(delayMs, task, background) {
      if (delayMs !== pollMs || background !== true) {
        return systemClock.setTimer(delayMs, task, background);
      }
      return looking === "never" ? () => {} : systemClock.setTimer(20, task, background);
    },
  };
}

/** The system's watcher, and a promise that it has begun to notice. */
export function watchThatTells(system: Watch = systemWatch): {
  readonly watch: Watch;
  readonly ready: Promise<void>;
} {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watch: Watch = (paths, { changed, failed }) =>
    system(paths, {
      changed() {
        resolve();
        changed();
      },
      failed,
    });
  return { watch, ready: promise };
}

/** A watcher to which nothing ever comes, as through some mounts. */
export const deafWatch: Watch = () => () => {};

/** A folder of one file, which goes away at the end. */
export async function placeOf(text: string): Promise<Place & { remove(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), "standin-reload-"));
  const folder = join(root, "config");
  await mkdir(folder);
  const file = join(folder, "llm.json");
  await writeFile(file, text);
  return { folder, file, edits: 0, remove: () => rm(root, { recursive: true, force: true }) };
}

/** A manager of a real file, and its events to wait for. */
export function realManager(file: string, options: ManagerOptions = {}) {
  const events: Event[] = [];
  const waiting = new Set<() => void>();
  const manager = new LLMConfigManager(file, {
    ...options,
    observers: [
      ...(options.observers ?? []),
      (happened) => {
        events.push(happened);
        for (const look of waiting) look();
      },
    ],
  });

  /** The first event after `from` that fits, now or later. */
  function event(fits: (event: Event) => boolean, from = 0): Promise<Event> {
    const { promise, resolve } = Promise.withResolvers<Event>();
    const look = () => {
      const found = events.slice(from).find(fits);
      if (found === undefined) return;
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
    return promise;
  }

  const mark = () => manager.getProviderConfig("one")?.maxTokens;
  /** Resolves when the configuration of this mark is in force. */
  const applied = (wanted: number) =>
    event(({ type }) => type === "configuration-applied" && mark() === wanted);
  /** The event that puts another configuration in force than the one in force now. */
  function swapped(): Promise<Event> {
    const { version } = manager.getProviderStatus().configuration.applied;
    return event((one) => one.type === "configuration-applied" && one.version > version);
  }

  const told = () =>
    events.map(({ type }) => type).filter((type) => type.startsWith("configuration-"));
  return { manager, events, event, applied, swapped, mark, told };
}
