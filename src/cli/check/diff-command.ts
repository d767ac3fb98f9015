import type { Command } from "commander";
import type { DiffFlags } from "./diff.ts";

/** Adds `standin diff`. */
export function addDiff(program: Command, finish: (code: number) => void): void {
  program
    .command("diff")
    .description("say in words what is different in a second configuration; keys are never shown")
    .argument("<old>", "the file as it was")
    .argument("<new>", "the file as it is to be")
    .option("--keys-elsewhere", "a variable or key file that is missing here is no error")
    .option("--json", "print the result as JSON")
    .action(async (before: string, after: string, flags: DiffFlags) => {
      const { diff } = await import("./diff.ts");
      finish(await diff(before, after, flags));
    });
}
