import { Command } from "commander";
import type { GivenEditFlags } from "../edit/edit-options.ts";
import { readEditFlags, withEditOptions } from "../edit/edit-options.ts";

type SetFlags = GivenEditFlags & {
  readonly unset: readonly string[];
  readonly inlineKey?: boolean;
};

/** Adds `standin provider` with its commands. */
export function addProviderCommands(
  program: Command,
  signal: AbortSignal,
  finish: (code: number) => void,
): void {
  const group = program
    .command("provider")
    .description("edit the providers of a configuration file, and nothing else in it");

  withEditOptions(
    group
      .command("set")
      .description("change settings of a provider, as in timeout=40 or timeouts.idle=20")
      .argument("<name>", "the provider")
      .argument("[settings...]", "key=value: JSON, or text as it is")
      .option("--unset <key>", "take a setting out; may be given more than once", collect, [])
      .option("--inline-key", "write a key into the file itself all the same"),
  ).action(async (name: string, set: readonly string[], given: SetFlags) => {
    const { runEdit } = await import("../edit/run-edit.ts");
    const { unset, inlineKey = false, ...flags } = given;
    const edit = { edit: "set-provider", name, set, unset, inlineKey } as const;
    finish(await runEdit(edit, readEditFlags(flags), signal));
  });

  for (const word of ["enable", "disable"] as const) {
    withEditOptions(
      group
        .command(word)
        .description(word === "enable" ? "let a provider be asked" : "let a provider not be asked")
        .argument("<name>", "the provider"),
    ).action(async (name: string, given: GivenEditFlags) => {
      const { runEdit } = await import("../edit/run-edit.ts");
      const edit = { edit: "switch-provider", name, enabled: word === "enable" } as const;
      finish(await runEdit(edit, readEditFlags(given), signal));
    });
  }
}

function collect(one: string, before: readonly string[]): readonly string[] {
  return [...before, one];
}
