import { CommanderError } from "commander";
import { exitCode } from "./exit-code.ts";
import { watchForInterruption } from "./interruption.ts";
import { createProgram } from "./program.ts";
import { writeFailure } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** Runs one command and gives the code to exit with; whatever goes wrong is said in words. */
export async function runCommandLine(given: readonly string[]): Promise<number> {
  // Nobody can be told that standard error is gone.
  process.stderr.on("error", () => {});
  const interruption = watchForInterruption();
  let code: number = exitCode.done;
  const program = createProgram(interruption.signal, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...given], { from: "user" });
  } catch (error) {
    code = codeOf(error, interruption.signal);
  } finally {
    interruption.stop();
  }
  const because = interruption.code();
  if (because === null) return code;
  const byPerson = because === exitCode.interrupted || because === exitCode.terminated;
  if (byPerson) writeFailure("interrupted.");
  return because;
}

function codeOf(error: unknown, signal: AbortSignal): number {
  // Commander has said what it had to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCode.usage;
  if (signal.aborted) return exitCode.failed;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) {
    writeFailure(message);
    return exitCode.usage;
  }
  writeFailure(`something went wrong that should not: ${message}`);
  return exitCode.failed;
}
