import { parseArgs } from "node:util";
import { isDiaryDay } from "../decide/local-time.ts";
import { nameForm, nameOf } from "../event/name-of.ts";
import { DiaryTrouble } from "../trouble.ts";
import type { Language } from "../words.ts";

/** What was asked for at the command line, checked. */
export type CliOptions = {
  readonly command: string;
  readonly subject: string | null;
  readonly user: string | null;
  readonly seed: number;
  readonly events: number;
  readonly day: string | null;
  readonly tag: string | null;
  readonly type: string | null;
  readonly context: string | null;
  readonly db: string;
  readonly config: string | null;
  readonly real: boolean;
  readonly force: boolean;
  readonly json: boolean;
  readonly every: boolean;
  readonly help: boolean;
  /** "serve": the page's port, and whether it shows an invented diary. */
  readonly port: number;
  readonly simulate: boolean;
  readonly outages: readonly string[] | null;
  readonly language: Language;
};

const anywhere = ["db", "config", "lang", "help"];

/** What each command may be told besides. */
const takes: Readonly<Record<string, readonly string[]>> = {
  day: ["user", "seed", "events", "day", "every", "outage", "real"],
  write: ["user", "seed", "context", "force", "real", "json"],
  list: ["user", "day", "tag", "type", "json"],
  why: ["user", "day", "json"],
  stats: ["user", "day", "json"],
  serve: ["user", "day", "port", "simulate", "seed", "events", "real"],
  events: [],
};

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;

/** Reads the command line. Throws DiaryTrouble that says what is not understood. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CliOptions {
  const { values, positionals } = parsed(args);
  const [command = "", subject = null, ...more] = positionals;
  if (more.length > 0) throw new DiaryTrouble(`What is ${JSON.stringify(more[0])}? See --help.`);
  refuseOthers(command, values);
  const usual = environment["LANG"]?.startsWith("zh") === true ? "zh" : "en";
  const language = values.lang ?? usual;
  if (language !== "zh" && language !== "en") {
    throw new DiaryTrouble(`--lang must be en or zh, not ${JSON.stringify(language)}.`);
  }
  const day = values.day ?? null;
  if (day !== null && !isDiaryDay(day)) {
    throw new DiaryTrouble(
      `--day must be a date such as 2026-11-22, from 2000 to 2100, not ${JSON.stringify(day)}.`,
    );
  }
  const user = values.user === undefined ? null : nameOf(values.user);
  if (values.user !== undefined && user === null) {
    throw new DiaryTrouble(`--user must be a name ${nameForm}.`);
  }
  // SQLite takes no name for a database that is gone at the end.
  if (values.db?.trim() === "") throw new DiaryTrouble("--db must name a file.");
  return {
    ...{ command, subject, day, user, language },
    seed: whole(values.seed, "--seed", 0, 2 ** 31, 1),
    events: whole(values.events, "--events", 1, 100_000, 100),
    ...{ tag: values.tag ?? null, type: values.type ?? null, context: values.context ?? null },
    ...{ db: values.db ?? "diary.sqlite", config: values.config ?? null },
    ...{ real: values.real, force: values.force, json: values.json, every: values.every },
    ...{ port: whole(values.port, "--port", 0, 65_535, 8788), simulate: values.simulate },
    ...{ help: values.help, outages: values.outage ?? null },
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ user: text, seed: text, events: text, day: text, tag: text, type: text },
        ...{ context: text, db: text, config: text, lang: text, port: text },
        outage: { type: "string", multiple: true },
        ...{ real: flag, force: flag, json: flag, every: flag, simulate: flag },
        help: { ...flag, short: "h" },
      },
    });
  } catch (error) {
    const what = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new DiaryTrouble(`${what} See --help.`, { cause: error });
  }
}

function refuseOthers(command: string, values: Readonly<Record<string, unknown>>): void {
  const taken = Object.hasOwn(takes, command) ? takes[command] : undefined;
  if (taken === undefined) return;
  const given = Object.keys(values).filter((name) => (values[name] ?? false) !== false);
  const other = given.find((name) => !taken.includes(name) && !anywhere.includes(name));
  if (other === undefined) return;
  const list = [...taken, ...anywhere].map((name) => `--${name}`).join(", ");
  throw new DiaryTrouble(`"${command}" takes no --${other}, but ${list}.`);
}

function whole(
  said: string | undefined,
  name: string,
  from: number,
  to: number,
  usual: number,
): number {
  if (said === undefined) return usual;
  const value = Number(said);
  if (Number.isInteger(value) && value >= from && value <= to && said.trim() !== "") return value;
  throw new DiaryTrouble(`${name} must be a whole number from ${from} to ${to}, not ${said}.`);
}
