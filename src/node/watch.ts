import { realpathSync } from "node:fs";
import type { FSWatcher } from "chokidar";
import type { Watch } from "../ports.ts";

/** A program's first call is not to wait for the watcher to be loaded. */
const startDelayMs = 100;

// Whoever is told compares contents: what is reported twice or too early does no harm.
const options = { persistent: false, ignoreInitial: true, atomic: false };

/** The system's own news of changes; it keeps no process running. */
export const systemWatch: Watch = (paths, { changed, failed }) => {
  const targets = new Map<string, string | null>();
  let watcher: FSWatcher | null = null;
  let begun = 0;

  async function listen(): Promise<void> {
    begun += 1;
    const mine = begun;
    const { watch } = await import("chokidar");
    await watcher?.close();
    if (mine !== begun) return;
    for (const path of paths) targets.set(path, targetOf(path));
    watcher = watch([...paths], options)
      .on("all", (_, path) => {
        changed();
        // It does not follow a link that stands where it found a file.
        if (targets.get(path) !== targetOf(path)) begin();
      })
      // What was changed before now was reported by nobody.
      .on("ready", changed)
      .on("error", failed);
  }

  function begin(): void {
    listen().catch(failed);
  }

  const timer = setTimeout(begin, startDelayMs).unref();
  return () => {
    begun += 1;
    clearTimeout(timer);
    watcher?.close().catch(() => {});
  };
};

function targetOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
