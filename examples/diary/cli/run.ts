import { LLMConfigurationError } from "standin";
import { StoreTrouble } from "../store/store-trouble.ts";
import { DiaryTrouble } from "../trouble.ts";
import { day } from "./day.ts";
import { events } from "./events.ts";
import { list } from "./list.ts";
import { NotTold } from "./not-told.ts";
import { readOptions, type CliOptions } from "./options.ts";
import { serve } from "./serve.ts";
import { stats } from "./stats.ts";
import { usage } from "./usage.ts";
import { why } from "./why.ts";
import { write } from "./write.ts";

type Command = (options: CliOptions, print: (line: string) => void) => unknown;

const commands: Readonly<Record<string, Command>> = { day, write, list, why, stats, events, serve };

/** Runs one command; the exit code: 0 well, 1 not done, 2 not understood. */
export async function run(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  out: { readonly print: (line: string) => void; readonly complain: (line: string) => void },
): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(args, environment);
    const command = Object.hasOwn(commands, options.command)
      ? commands[options.command]
      : undefined;
    if (options.help || command === undefined) {
      const asked = options.help || options.command === "";
      if (!asked) out.complain(`There is no command ${options.command}.`);
      (asked ? out.print : out.complain)(usage);
      return asked ? 0 : 2;
    }
    return (await command(options, out.print)) === false ? 1 : 0;
  } catch (error) {
    const known = error instanceof DiaryTrouble || error instanceof LLMConfigurationError;
    if (!known) throw error;
    out.complain(error.message);
    const notDone = error instanceof StoreTrouble ? error.passing : error instanceof NotTold;
    return notDone ? 1 : 2;
  }
}
