import { CommanderError } from "commander";
import { exitCode } from "./exit-code.ts";
import { watchForInterruption } from "./interruption.ts";
import { createProgram } from "./program.ts";
import { writeFailure, writeJson } from "./terminal.ts";
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
    code = await report(error, interruption.signal, given);
  } finally {
    interruption.stop();
  }
  const because = interruption.code();
  if (because === null) return code;
  const byPerson = because === exitCode.interrupted || because === exitCode.terminated;
  if (byPerson) writeFailure("interrupted.");
  return because;
}

async function report(
  error: unknown,
  signal: AbortSignal,
  given: readonly string[],
): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCode.done;
    // Commander has said in words what it had to say.
    await asJson("usage", error.message.replace(/^error: /u, ""), given);
    return exitCode.usage;
  }
  if (signal.aborted) return exitCode.failed;
  const message = error instanceof Error ? error.message : String(error);
  const misused = error instanceof UsageError;
  const said = misused ? message : `something went wrong that should not: ${message}`;
  await asJson(misused ? "usage" : "unexpected", said, given);
  writeFailure(said);
  return misused ? exitCode.usage : exitCode.failed;
}

// What is noticed before a command has its flags is told as that command tells its failures.
async function asJson(kind: string, message: string, given: readonly string[]): Promise<void> {
  const end = given.indexOf("--");
  const flags = given.slice(0, end < 0 ? given.length : end);
  const format = flags.indexOf("--format") + 1;
  const isJson =
    flags.includes("--json") ||
    flags.includes("--format=json") ||
    (format > 0 && flags[format] === "json");
  if (!isJson) return;
  const error = { kind, message };
  const isStream = flags[0] === "generate" && flags.includes("--stream");
  await writeJson(isStream ? { type: "error", error } : { error }, isStream ? 0 : 2);
}
