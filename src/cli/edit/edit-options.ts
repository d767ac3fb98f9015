import type { Command } from "commander";
import { optionSeconds } from "../option-seconds.ts";
import { fileOr, orUsual } from "../usual-file.ts";
import type { EditFlags } from "./run-edit.ts";

/** The options of an edit as commander gives them. */
export type GivenEditFlags = Omit<EditFlags, "config"> & {
  readonly config?: string;
  /** In seconds. */
  readonly wait?: number;
};

/** Adds the options that every edit of a file has. */
export function withEditOptions(command: Command): Command {
  return command
    .option("-c, --config <file>", `the configuration file ${orUsual}`)
    .option("--dry-run", "show what would change, and write nothing")
    .option("--keys-elsewhere", "a variable or key file that is missing here is no error")
    .option("--wait <seconds>", "for another edit of this file to end (default: 10)", waitSeconds)
    .option("--json", "print the result as JSON");
}

/** The options of an edit, read. */
export function readEditFlags(given: GivenEditFlags): EditFlags {
  const { config, wait, dryRun = false, keysElsewhere = false, json = false } = given;
  const waitMs = wait === undefined ? {} : { wait: wait * 1_000 };
  return { config: fileOr(config), dryRun, keysElsewhere, json, ...waitMs };
}

function waitSeconds(text: string): number {
  return text === "0" ? 0 : optionSeconds(text);
}

/** Gathers an option that may be given more than once. */
export function collect(one: string, before: readonly string[]): readonly string[] {
  return [...before, one];
}
