import type { Ports } from "../ports.ts";

/** How often files are looked at even if nobody says that they changed, in milliseconds. */
export const pollMs = 5_000;

/** Who is told; what it holds may be forgotten while it is watched for. */
export type Watched = {
  /** Something may have changed: look. */
  look(): void;
  /** The system does not tell of changes, for this reason; it is said once. */
  deaf(reason: string): void;
};

/** A watch over files. */
export type Watching = {
  /** From now on these, and no others. */
  follow(paths: readonly string[]): void;
  close(): void;
};

/** Watches until it is closed, or until nobody but the watch knows of the one to tell. */
export function keepWatch(
  watched: WeakRef<Watched>,
  { clock, watch }: Pick<Ports, "clock" | "watch">,
): Watching {
  let followed: readonly string[] = [];
  let isDeaf = false;
  let stopTelling: (() => void) | null = null;
  let stopTimer: (() => void) | null = null;

  const look = (): void => watched.deref()?.look();

  function failed(reason: unknown): void {
    if (isDeaf) return;
    isDeaf = true;
    watched.deref()?.deaf(reason instanceof Error ? reason.message : String(reason));
  }

  function listen(): void {
    try {
      stopTelling = watch(followed, { changed: look, failed });
    } catch (thrown) {
      failed(thrown);
    }
  }

  function poll(): void {
    const tick = (): void => {
      if (watched.deref() === undefined) return stop();
      look();
      poll();
    };
    stopTimer = clock.setTimer(pollMs, tick, true);
  }

  function stop(): void {
    stopTelling?.();
    stopTimer?.();
    stopTelling = null;
    stopTimer = null;
  }

  return {
    follow(paths) {
      if (paths.length === followed.length && paths.every((path) => followed.includes(path))) {
        return;
      }
      stop();
      followed = paths;
      if (paths.length === 0) return;
      listen();
      poll();
    },
    close: stop,
  };
}
