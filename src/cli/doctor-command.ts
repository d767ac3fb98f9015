import type { Command } from "commander";
import type { DoctorFlags } from "./doctor.ts";
import { optionSeconds } from "./option-seconds.ts";
import { fileOr, orUsual } from "./usual-file.ts";

/** Adds `standin doctor`. */
export function addDoctor(
  program: Command,
  signal: AbortSignal,
  finish: (code: number) => void,
): void {
  program
    .command("doctor")
    .description("ask each provider for one token and say what is wrong and what to do")
    .argument("[provider]", "look at this one alone, also when it is disabled")
    .option("-c, --config <file>", `the configuration file ${orUsual}`)
    .option("--timeout <seconds>", "the time of each exchange", optionSeconds)
    .option("--json", "print the result as JSON")
    .action(async (provider: string | undefined, flags: DoctorFlags) => {
      const { doctor } = await import("./doctor.ts");
      finish(await doctor(provider, { ...flags, config: fileOr(flags.config) }, signal));
    });
}
