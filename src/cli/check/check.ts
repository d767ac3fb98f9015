import { buffer } from "node:stream/consumers";
import type { CheckOptions, Inspection } from "../../index.ts";
import { inspectConfiguration, inspectFile } from "../../index.ts";
import { exitCode } from "../exit-code.ts";
import { writeFailure, writeJson, writeOut } from "../terminal.ts";
import { fileOr } from "../usual-file.ts";
import type { Checked } from "./checked.ts";
import { countOf, isUsable } from "./checked.ts";
import { findFiles, isDirectory } from "./find-files.ts";
import { sayForGithub } from "./say-for-github.ts";
import { sayInspected, sayWrong } from "./say-checked.ts";

/** What `check` may be told. */
export type CheckFlags = {
  readonly config?: string;
  readonly strict?: boolean;
  readonly keysElsewhere?: boolean;
  readonly quiet?: boolean;
  readonly format: "text" | "json" | "github";
  readonly json?: boolean;
};

/** Says every problem of files, and whether a start or a reload would take them. */
export async function check(given: readonly string[], flags: CheckFlags): Promise<number> {
  const named = [...(flags.config === undefined ? [] : [flags.config]), ...given];
  const places = named.length === 0 ? [fileOr(undefined)] : named;
  const [only = ""] = places;
  const isOne = places.length === 1 && !(await isDirectory(only));
  const files = await findFiles(places);
  if (files.length === 0) return await refuse(places, flags);
  const { strict = false, keysElsewhere = false } = flags;
  const checked: Checked[] = [];
  for (const file of files) {
    const inspection = await inspect(file, { strict, keysElsewhere });
    checked.push({ file: file === stdin ? "<stdin>" : file, ...inspection });
  }
  await tell(checked, isOne, flags);
  if (checked.some(({ readable }) => !readable)) return exitCode.configuration;
  return checked.every(isUsable) ? exitCode.done : exitCode.failed;
}

/** What stands for standard input in the place of a file. */
const stdin = "-";

async function inspect(file: string, options: CheckOptions): Promise<Inspection> {
  if (file !== stdin) return await inspectFile(file, options);
  return inspectConfiguration(await buffer(process.stdin), options);
}

async function tell(
  checked: readonly Checked[],
  isOne: boolean,
  { quiet, json, format }: CheckFlags,
): Promise<void> {
  const [first] = checked;
  if (json === true || format === "json") {
    const files = checked.map(toJson);
    const usable = checked.every(isUsable);
    await writeJson(isOne ? files[0] : { usable, files });
  } else if (format === "github") {
    await writeOut(sayForGithub(checked));
  } else if (isOne && quiet !== true && first !== undefined) {
    await writeOut(sayInspected(first));
  } else {
    await writeOut(sayWrong(checked));
  }
}

function toJson({ file, problems, routes }: Checked) {
  const errors = countOf(problems, "error");
  const warnings = countOf(problems, "warning");
  return { file, usable: errors === 0, errors, warnings, problems, routes };
}

async function refuse(places: readonly string[], { json, format }: CheckFlags): Promise<number> {
  const message = `there is no .json or .jsonc file in ${places.join(", ")}.`;
  if (json || format === "json") await writeJson({ error: { kind: "configuration", message } });
  writeFailure(message);
  return exitCode.configuration;
}
