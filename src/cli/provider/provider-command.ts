import type { Command } from "commander";
import { collect } from "../edit/edit-options.ts";
import type { GivenEditFlags } from "../edit/edit-options.ts";
import { readEditFlags, withEditOptions } from "../edit/edit-options.ts";
import { fileOr, orUsual } from "../usual-file.ts";
import type { AddFlags } from "./add.ts";

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
    .description("list and edit the providers of a configuration file");
  addList(group, finish);

  addAdd(group).action(
    async (vendor: string, more: readonly string[], given: AddFlags & GivenEditFlags) => {
      const { addProvider } = await import("./add.ts");
      finish(await addProvider(vendor, more, given, readEditFlags(given), signal));
    },
  );

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
    const { unset, inlineKey = false } = given;
    const edit = { edit: "set-provider", name, set, unset, inlineKey } as const;
    finish(await runEdit(edit, readEditFlags(given), signal));
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

  withEditOptions(
    group
      .command("remove")
      .description("take a provider out of the file")
      .argument("<name>", "the provider")
      .option("--force", "also out of every task and list that names it"),
  ).action(async (name: string, given: GivenEditFlags & { readonly force?: boolean }) => {
    const { runEdit } = await import("../edit/run-edit.ts");
    const edit = { edit: "remove-provider", name, force: given.force === true } as const;
    finish(await runEdit(edit, readEditFlags(given), signal));
  });
}

function addList(group: Command, finish: (code: number) => void): void {
  type Flags = { readonly config?: string; readonly json?: boolean; readonly vendors?: boolean };
  group
    .command("list")
    .description("list the providers of the file, in its order")
    .option("-c, --config <file>", `the configuration file ${orUsual}`)
    .option("--vendors", "list the vendors that `provider add` knows by name, instead")
    .option("--json", "print the result as JSON")
    .action(async ({ config, vendors = false, json = false }: Flags) => {
      const { listPresets, listProviders } = await import("./list.ts");
      finish(
        await (vendors ? listPresets({ json }) : listProviders({ config: fileOr(config), json })),
      );
    });
}

function addAdd(group: Command): Command {
  return withEditOptions(
    group
      .command("add")
      .description("add a provider: a known vendor by its name, or any other by its address")
      .argument("<vendor>", "such as qwen, deepseek or openai; or a name of your choice")
      .argument("[settings...]", "further settings as key=value")
      .option("--name <name>", "its name in the file, in place of the vendor's")
      .option("--endpoint <url>", "where requests are sent")
      .option("--model <name>", "which model is asked")
      .option(
        "--key <reference>",
        "env:NAME, file:/path or none; - reads the key itself from standard input",
      )
      .option("--max-tokens <number>", "the longest answer, in tokens; null: the vendor's own")
      .option("--temperature <number>", "from 0 to 2")
      .option("--timeout <seconds>", "the time of each attempt")
      .option("--retry-attempts <number>", "all tries at it for one request")
      .option("--priority <number>", "lower is asked earlier")
      .option("--first", "before all the others")
      .option("--after <name>", "right after this provider")
      .option("--disabled", "not to be asked yet"),
  );
}
