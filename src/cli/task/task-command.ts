import type { Command } from "commander";
import type { GivenEditFlags } from "../edit/edit-options.ts";
import { collect, readEditFlags, withEditOptions } from "../edit/edit-options.ts";
import { fileOr, orUsual } from "../usual-file.ts";
import type { TaskFlags } from "./task-settings.ts";
import { readTaskSettings, withTaskSettings } from "./task-settings.ts";

type Given = TaskFlags & GivenEditFlags;

/** Adds `standin task`, which is also `standin route`, with its commands. */
export function addTaskCommands(
  program: Command,
  signal: AbortSignal,
  finish: (code: number) => void,
): void {
  const group = program
    .command("task")
    .alias("route")
    .description("list and edit the tasks, which are routes, of a configuration file");
  addList(group, finish);

  withEditOptions(
    withTaskSettings(
      group
        .command("add")
        .description("add a task: who is asked for it, and with what settings")
        .argument("<name>", "its name, as requests give it")
        .argument("[settings...]", "further settings as key=value"),
    ),
  ).action(async (name: string, more: readonly string[], given: Given) => {
    const { runEdit } = await import("../edit/run-edit.ts");
    const set = [...readTaskSettings(given), ...more];
    finish(await runEdit({ edit: "add-route", name, set }, readEditFlags(given), signal));
  });

  withEditOptions(
    withTaskSettings(
      group
        .command("set")
        .description("change settings of a task")
        .argument("<name>", "the task")
        .argument("[settings...]", "further settings as key=value, as in failover.prefer=fastest")
        .option("--unset <key>", "take a setting out; may be given more than once", collect, []),
    ),
  ).action(
    async (
      name: string,
      more: readonly string[],
      given: Given & { readonly unset: readonly string[] },
    ) => {
      const { runEdit } = await import("../edit/run-edit.ts");
      const set = [...readTaskSettings(given), ...more];
      const edit = { edit: "set-route", name, set, unset: given.unset } as const;
      finish(await runEdit(edit, readEditFlags(given), signal));
    },
  );

  withEditOptions(
    group
      .command("remove")
      .description("take a task out of the file")
      .argument("<name>", "the task"),
  ).action(async (name: string, given: GivenEditFlags) => {
    const { runEdit } = await import("../edit/run-edit.ts");
    finish(await runEdit({ edit: "remove-route", name }, readEditFlags(given), signal));
  });
}

function addList(group: Command, finish: (code: number) => void): void {
  group
    .command("list")
    .description("list the tasks of the file, in its order")
    .option("-c, --config <file>", `the configuration file ${orUsual}`)
    .option("--json", "print the result as JSON")
    .action(async ({ config, json = false }: { readonly config?: string; json?: boolean }) => {
      const { listTasks } = await import("./list.ts");
      finish(await listTasks({ config: fileOr(config), json }));
    });
}
