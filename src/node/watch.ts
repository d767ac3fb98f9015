import type { FSWatcher } from "chokidar";
import type { Watch } from "../ports.ts";

/** A program's first call is not to wait for the watcher to be loaded. */
const startDelayMs = 100;

/** The system's own news of changes; it keeps no process running. */
export const systemWatch: Watch = (paths, { changed, failed }) => {
  let watcher: FSWatcher | null = null;
  let isClosed = false;

  async function start(): Promise<void> {
    const { watch } = await import("chokidar");
    if (isClosed) return;
    // Whoever is told compares contents: what is reported twice or too early does no harm.
    const options = { persistent: false, ignoreInitial: true, atomic: false };
    watcher = watch([...paths], options)
      .on("all", changed)
      // What was changed before now was reported by nobody.
      .on("ready", changed)
      .on("error", failed);
  }

  const timer = setTimeout(() => void start().catch(failed), startDelayMs).unref();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    watcher?.close().catch(() => {});
  };
};
