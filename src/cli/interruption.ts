import { exitCode } from "./exit-code.ts";
import { systemReason } from "./system-reason.ts";
import { writeFailure } from "./terminal.ts";

/** Watches for reasons to give up: Ctrl-C, a request to terminate, a reader who left. */
export type Interruption = {
  readonly signal: AbortSignal;
  /** The code to exit with; `null` while nothing interrupted. */
  code(): number | null;
  stop(): void;
};

/** Starts to watch. A second Ctrl-C ends the process at once. */
export function watchForInterruption(): Interruption {
  const controller = new AbortController();
  let code: number | null = null;

  function interrupt(because: number): void {
    if (code !== null) process.exit(code);
    code = because;
    controller.abort(new Error("The command was interrupted."));
  }
  const onInterrupt = () => interrupt(exitCode.interrupted);
  const onTerminate = () => interrupt(exitCode.terminated);
  const onOutputError = (error: NodeJS.ErrnoException) => {
    if (code !== null) return;
    if (error.code === "EPIPE") {
      interrupt(exitCode.readerLeft);
      return;
    }
    writeFailure(`standard output cannot be written: ${systemReason(error)}.`);
    interrupt(exitCode.failed);
  };

  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onTerminate);
  process.stdout.on("error", onOutputError);
  return {
    signal: controller.signal,
    code: () => code,
    stop() {
      process.off("SIGINT", onInterrupt);
      process.off("SIGTERM", onTerminate);
    },
  };
}
