import type { Command } from "commander";
import { Option } from "commander";
import { orUsual } from "../usual-file.ts";
import type { CheckFlags } from "./check.ts";

/** Adds `standin check`. */
export function addCheck(program: Command, finish: (code: number) => void): void {
  const format = new Option("--format <format>", "text, json, or github: annotations for its CI");
  program
    .command("check")
    .description("check configuration files: problems with line, column and what to do")
    .argument("[files...]", `files, directories to look through, - for standard input ${orUsual}`)
    .option("-c, --config <file>", "a file to check, named as at the other commands")
    .option("--strict", "treat warnings as errors")
    .option("--keys-elsewhere", "a variable or key file that is missing here is no error")
    .option("-q, --quiet", "say nothing of a file that is right, as when there are several")
    .addOption(format.choices(["text", "json", "github"]).default("text"))
    .addOption(new Option("--json", "short for --format json").conflicts("format"))
    .action(async (places: readonly string[], flags: CheckFlags) => {
      const { check } = await import("./check.ts");
      finish(await check(places, flags));
    });
}
