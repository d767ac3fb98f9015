import type { Event } from "../index.ts";
import { paintNote } from "./terminal.ts";

/** A line on a terminal that says what is being waited for, and is gone afterwards. */
export type Progress = {
  readonly observe: (event: Event) => void;
  /** Says what is being waited for from now on. */
  readonly show: (label: string) => void;
  /** Takes the line away, until the next event. */
  readonly clear: () => void;
  /** Takes the line away for good. */
  readonly stop: () => void;
};

const frames = "⠋ ⠙ ⠹ ⠸ ⠼ ⠴ ⠦ ⠧ ⠇ ⠏".split(" ");
const frameMs = 100;

/** Progress on standard error; nothing at all where that is no terminal. */
export function createProgress(): Progress {
  const { stderr } = process;
  let label = "";
  let since = 0;
  let frame = 0;
  let shown = false;
  let timer: NodeJS.Timeout | null = null;

  function draw(): void {
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    const spinner = paintNote("cyan", frames[frame % frames.length] ?? "");
    frame += 1;
    stderr.cursorTo(0);
    stderr.write(`${spinner} ${label} ${paintNote("dim", `${seconds} s`)}`);
    stderr.clearLine(1);
    shown = true;
  }

  function clear(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
    if (!shown) return;
    stderr.cursorTo(0);
    stderr.clearLine(0);
    shown = false;
  }

  function show(next: string): void {
    if (stopped) return;
    label = next;
    since = performance.now();
    timer ??= setInterval(draw, frameMs);
  }

  const silent = !stderr.isTTY || process.env["TERM"] === "dumb";
  let stopped = silent;
  return {
    observe(event) {
      const next = labelOf(event);
      if (next !== null) show(next);
    },
    show,
    clear,
    stop() {
      stopped = true;
      clear();
    },
  };
}

function labelOf(event: Event): string | null {
  if (event.type === "attempt-start") return `asking ${event.provider}`;
  if (event.type !== "request-wait") return null;
  return `waiting ${((event.until - event.at) / 1000).toFixed(1)} s for ${event.provider}`;
}
