import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { FSWatcher } from "chokidar";
import type { Watch } from "../ports.ts";

/** A program's first call is not to wait for the watcher to be loaded. */
const startDelayMs = 100;

// Whoever is told compares contents: what is reported twice or too early does no harm.
const options = { persistent: false, ignoreInitial: true, atomic: false };

/** The system's own news of changes; it keeps no process running. */
export const systemWatch: Watch = createSystemWatch(5_000);

/** A watch that makes sure, every so many milliseconds, that it watches what is there now. */
export function createSystemWatch(everyMs: number): Watch {
  return (paths, { changed, failed }) => {
    const places = new Map<string, string | null>();
    let watcher: FSWatcher | null = null;
    let begun = 0;

    async function listen(): Promise<void> {
      begun += 1;
      const mine = begun;
      const { watch } = await import("chokidar");
      await watcher?.close();
      if (mine !== begun) return;
      for (const path of paths) places.set(path, placeOf(path));
      watcher = watch([...paths], options)
        .on("all", (_, path) => {
          changed();
          // It does not follow a link that stands where it found a file.
          if (isElsewhere(path)) begin();
        })
        // What was changed before now was reported by nobody.
        .on("ready", changed)
        .on("error", failed);
    }

    function isElsewhere(path: string): boolean {
      return places.has(path) && places.get(path) !== placeOf(path);
    }

    function begin(): void {
      listen().catch(failed);
    }

    const timer = setTimeout(begin, startDelayMs).unref();
    // Of a folder that was moved away, and of the one made in its place, nothing is ever told.
    const rounds = setInterval(() => paths.some(isElsewhere) && begin(), everyMs).unref();
    return () => {
      begun += 1;
      clearTimeout(timer);
      clearInterval(rounds);
      watcher?.close().catch(() => {});
    };
  };
}

// Where a path leads, and which folder it is in: another may have been made under its name.
function placeOf(path: string): string | null {
  try {
    const target = realpathSync(path);
    return `${statSync(dirname(target)).ino} ${target}`;
  } catch {
    return null;
  }
}
