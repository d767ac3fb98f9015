import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { addCheck } from "./check/check-command.ts";
import { addDiff } from "./check/diff-command.ts";
import type { DemoFlags } from "./demo.ts";
import { addDoctor } from "./doctor-command.ts";
import { addProviderCommands } from "./provider/provider-command.ts";
import { addTaskCommands } from "./task/task-command.ts";
import { exitCodeHelp } from "./exit-code.ts";
import type { ExplainFlags } from "./explain.ts";
import type { GenerateFlags } from "./generate.ts";
import { addImport } from "./import/import-command.ts";
import type { InitFlags } from "./init.ts";
import { longestMs, readDuration } from "../simulate/duration.ts";
import { optionSeconds } from "./option-seconds.ts";
import type { SimulateFlags } from "./simulate.ts";
import { paintNote } from "./terminal.ts";
import { fileOr, orUsual } from "./usual-file.ts";

const json = ["--json", "print the result as JSON"] as const;

/** Every command with its options; the code of one that ran is handed to `finish`. */
export function createProgram(signal: AbortSignal, finish: (code: number) => void): Command {
  const program = new Command("standin")
    .description("Keeps a list of LLM providers and answers every request from whichever can.")
    .version(version())
    .addHelpText("after", exitCodeHelp)
    .configureOutput({ outputError: (text, write) => write(paintNote("red", text)) })
    .exitOverride();

  addGenerate(program).action(async (prompt: string | undefined, flags: GenerateFlags) => {
    const { generate } = await import("./generate.ts");
    finish(await generate(prompt, { ...flags, config: fileOr(flags.config) }, signal));
  });

  addCheck(program, finish);

  addDiff(program, finish);

  addDoctor(program, signal, finish);

  addProviderCommands(program, signal, finish);

  addTaskCommands(program, signal, finish);

  addImport(program, signal, finish);

  addExplain(program).action(async (flags: ExplainFlags) => {
    const { explain } = await import("./explain.ts");
    finish(await explain({ ...flags, config: fileOr(flags.config) }));
  });

  program
    .command("init")
    .description("write a first configuration file, with comments; never over an existing one")
    .argument("[file]", `the file ${orUsual}`)
    .option(...json)
    .action(async (file: string | undefined, flags: InitFlags) => {
      const { init } = await import("./init.ts");
      finish(await init(fileOr(file), flags));
    });

  program
    .command("demo")
    .description("see failover at work with simulated providers: no key, no network")
    .option("--real", "ask your own providers instead: the file's, or those whose key is set")
    .option("-c, --config <file>", `the file for --real ${orUsual}`)
    .option(...json)
    .action(async (flags: DemoFlags) => {
      const { demo } = await import("./demo.ts");
      finish(await demo({ ...flags, config: fileOr(flags.config) }, signal));
    });

  addSimulate(program).action(async (file: string | undefined, flags: SimulateFlags) => {
    const { simulateFile } = await import("./simulate.ts");
    finish(await simulateFile(fileOr(file), flags, signal));
  });

  return program;
}

function addSimulate(program: Command): Command {
  const streams = new Option("--stream <which>", "which requests are streams: all, none or half");
  return program
    .command("simulate")
    .description("play your configuration through outages in virtual time: no key, no network")
    .argument("[file]", `the file ${orUsual}`)
    .option(
      "--outage <list>",
      'what goes wrong, as in "qwen:down@60s+5m; deepseek:slow@2m+30s"',
      "",
    )
    .option("--rps <number>", "requests a second", rate, 5)
    .option("--for <time>", "how long, such as 15m (default: the outages and 5 min more)", duration)
    .option("--seed <number>", "the chance of the story: the same seed, the same story", seed, 1)
    .addOption(streams.choices(["all", "none", "half"]).default("half"))
    .option(...json);
}

function addGenerate(program: Command): Command {
  return program
    .command("generate")
    .description("answer one prompt from whichever provider can")
    .argument("[prompt]", "the prompt; left out, it is read from standard input")
    .option("-s, --system <text>", "what the model is to be or to keep to")
    .option("--schema <file>", "answer with an object that this JSON Schema describes")
    .option("--stream", "print the answer as it comes")
    .option("--json", "print the answer as JSON; with --stream one JSON line a piece")
    .option("--trail", "say on standard error what every attempt came to")
    .option("-p, --provider <name>", "ask this provider alone")
    .option("-r, --route <name>", "take this route, or task, of the configuration")
    .option("-c, --config <file>", `the configuration file ${orUsual}`)
    .option("--max-tokens <number>", "the longest answer, in tokens", wholeNumber)
    .option("--temperature <number>", "from 0 to 2", temperature)
    .option("--timeout <seconds>", "the time of each attempt", optionSeconds)
    .option("--deadline <seconds>", "the time of the whole request", optionSeconds);
}

function addExplain(program: Command): Command {
  return program
    .command("explain")
    .description("say what a request would do now, and at worst; nobody is asked")
    .option("--prompt <text>", "the prompt; left out, a short one")
    .option("--stream", "explain a stream: its attempts are bounded to their first content")
    .option("-p, --provider <name>", "explain a request to this provider alone")
    .option("-r, --route <name>", "explain a request on this route, or task")
    .option("-c, --config <file>", `the configuration file ${orUsual}`)
    .option(...json);
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a whole number above 0.");
}

function seed(text: string): number {
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a whole number from 0 to 999999999.");
}

function rate(text: string): number {
  const value = /^\d*\.?\d+$/u.test(text) ? Number(text) : 0;
  if (value >= 0.001 && value <= 1_000) return value;
  throw new InvalidArgumentError("Give a number from 0.001 to 1000.");
}

function duration(text: string): number {
  const value = readDuration(text) ?? 0;
  if (value >= 1_000 && value <= longestMs) return value;
  throw new InvalidArgumentError("Give a time from 1s to 168h, such as 90s, 15m or 1h30m.");
}

function temperature(text: string): number {
  if (/^\d+(\.\d+)?$/u.test(text) && Number(text) <= 2) return Number(text);
  throw new InvalidArgumentError("Give a number from 0 to 2.");
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
