import type { Command } from "commander";
import { fileOr, orUsual } from "../usual-file.ts";
import type { ImportFlags } from "./import.ts";

/** Adds `standin import`. */
export function addImport(
  program: Command,
  signal: AbortSignal,
  finish: (code: number) => void,
): void {
  program
    .command("import")
    .description("put a file of an older program into the newer form, and say what became of it")
    .argument("[file]", `the older file ${orUsual}`)
    .option("-o, --out <file>", "write the newer form there; left out, to standard output")
    .option("--force", "write over the file that is there")
    .option("--update-models", "put what the vendor names in the place of retired models")
    .option("--json", "print the result as JSON")
    .action(async (file: string | undefined, flags: ImportFlags) => {
      const { importFile } = await import("./import.ts");
      finish(await importFile(fileOr(file), flags, signal));
    });
}
