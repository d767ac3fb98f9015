import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { starterConfiguration } from "../index.ts";
import { exitCode } from "./exit-code.ts";
import { makeFolder } from "./make-folder.ts";
import { schemaBeside } from "./schema-beside.ts";
import { systemReason } from "./system-reason.ts";
import { paint, writeFailure, writeJson, writeOut } from "./terminal.ts";

/** What `init` may be told. */
export type InitFlags = { readonly json?: boolean };

/** Writes a first configuration where there is none, readable by its owner alone. */
export async function init(file: string, flags: InitFlags): Promise<number> {
  try {
    await makeFolder(dirname(file));
    await writeFile(file, starterFor(file), { flag: "wx", mode: 0o600 });
  } catch (error) {
    const message = refusal(file, error);
    if (flags.json) await writeJson({ error: { kind: "not_written", message } });
    writeFailure(message);
    return exitCode.failed;
  }
  if (flags.json) await writeJson({ file, written: true });
  else await writeOut(nextSteps(file));
  return exitCode.done;
}

// With the schema an editor completes and explains every key.
function starterFor(file: string): string {
  const schema = schemaBeside(file);
  if (schema === null) return starterConfiguration;
  return starterConfiguration.replace("{\n", () => `{\n  "$schema": ${JSON.stringify(schema)},\n`);
}

function refusal(file: string, error: unknown): string {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === "EEXIST" && syscall === "open") {
    return `${file} is already there and was left as it is; give another name to write beside it.`;
  }
  return `${file} cannot be written: ${systemReason(error)}.`;
}

function nextSteps(file: string): string {
  return [
    `${paint("green", "Written:")} ${file}`,
    "Set DASHSCOPE_API_KEY or DEEPSEEK_API_KEY, or both: a provider without a key is left out.",
    "Then:",
    `  standin check ${file}`,
    `  standin generate --config ${file} "Say hello."`,
    "",
  ].join("\n");
}
