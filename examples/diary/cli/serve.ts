import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localTime, momentOf } from "../decide/local-time.ts";
import type { DiaryFiles } from "../open-diary.ts";
import { diarySource, type DiarySource } from "../page/diary-source.ts";
import { servePage } from "../page/page-server.ts";
import { liveDays } from "../page/simulated-days.ts";
import { openSimulatedDiary } from "../page/simulated-diary.ts";
import { createVirtualClock } from "../simulated/virtual-clock.ts";
import { openDatabase } from "../store/database.ts";
import { systemClock } from "../system-clock.ts";
import { DiaryTrouble } from "../trouble.ts";
import { say } from "../words.ts";
import { readFiles } from "./open.ts";
import type { CliOptions } from "./options.ts";

type Print = (line: string) => void;

// How what is served ends.
type Ending = () => Promise<void>;

const noDiary: Readonly<Record<CliOptions["language"], (db: string) => string>> = {
  en: (db) =>
    `There is no diary in ${db}: \`diary day\` or \`diary write\` begins one; ` +
    "--db names another; `diary serve --simulate` shows an invented one.",
  zh: (db) =>
    `${db} 里还没有日记：用 \`diary day\` 或 \`diary write\` 开始一本；用 --db 指定另一本；` +
    "用 `diary serve --simulate` 看一本虚构的。",
};

const simulatedFirstDay = "2026-11-22";
const simulatedDays = 7;
// A day of fifteen waking hours takes a minute.
const pace = 900;

/** Serves the diary as a page until the process is told to end. */
export async function serve(options: CliOptions, print: Print): Promise<void> {
  // From before anything is begun that must be left in order.
  const told = toldToEnd();
  const end = options.simulate
    ? await serveSimulated(options, print)
    : await serveOwn(options, print);
  print(say(options.language, "stopWith"));
  await told;
  await end();
}

// SIGHUP: the terminal was closed.
function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => resolve());
  });
}

async function serveOwn(options: CliOptions, print: Print): Promise<Ending> {
  const { db } = options;
  if (!existsSync(db)) {
    throw new DiaryTrouble(noDiary[options.language](db));
  }
  const files = readFiles(options, systemClock, () => {});
  const database = openDatabase(db);
  try {
    const source = diarySource(database, files);
    const page = await servePage(source, serving(options, print));
    sayNobody(options, files, source, print);
    print(say(options.language, "serving", { url: addressOf(page.url, options) }));
    return async () => {
      await page.close();
      database.close();
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function sayNobody(
  { user, language }: CliOptions,
  { settings }: DiaryFiles,
  { store }: DiarySource,
  print: Print,
): void {
  if (user === null || settings.users.has(user) || store.entries({ user, last: 1 }).length > 0) {
    return;
  }
  const wrote = store.entries({}).map((entry) => entry.user);
  const users = [...new Set([...settings.users.keys(), ...wrote])].join(", ");
  print(say(language, "nobody", { user: JSON.stringify(user), users }));
}

async function serveSimulated(options: CliOptions, print: Print): Promise<Ending> {
  if (options.real) throw new DiaryTrouble("--simulate and --real exclude each other.");
  const { seed, events, language } = options;
  const folder = mkdtempSync(join(tmpdir(), "diary-simulated-"));
  const db = join(folder, "diary.sqlite");
  const user = options.user ?? "lily";
  const firstDay = options.day ?? simulatedFirstDay;
  const files = readFiles(options, systemClock, () => {});
  const { timeZone } = files.settings.users.get(user) ?? files.settings.anybody;
  const time = createVirtualClock(momentOf(firstDay, -3 * 60, timeZone));
  const opened = openSimulatedDiary(files, db, time, seed, (news) => {
    if (news.type === "trouble") print(say(language, "trouble", { what: news.problem }));
  });
  const database = openDatabase(db);
  const ending = async (): Promise<void> => {
    await opened.close();
    database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const simulatedTime = (): string => localTime(time.now(), timeZone).time;
    const source = diarySource(database, { ...opened.files, simulatedTime });
    const page = await servePage(source, serving(options, print));
    print(say(language, "simulated", { names: opened.names.join(", ") }));
    print(
      say(language, "serving", { url: addressOf(page.url, { language, day: null, user: null }) }),
    );
    const plan = { user, timeZone, firstDay, days: simulatedDays, events, seed, pace };
    const days = liveDays(opened, plan, { time, clock: systemClock }, print);
    return async () => {
      days.stop();
      await page.close();
      await days.over;
      await ending();
    };
  } catch (error) {
    await ending();
    throw error;
  }
}

function serving({ port }: CliOptions, print: Print) {
  const instance = crypto.randomUUID();
  return { host: "127.0.0.1", port, clock: systemClock, instance, report: print };
}

function addressOf(
  url: string,
  { language, day, user }: Pick<CliOptions, "language" | "day" | "user">,
): string {
  const query = new URLSearchParams({ lang: language });
  if (user !== null) query.set("user", user);
  if (day !== null) query.set("day", day);
  return `${url}?${query.toString()}`;
}
