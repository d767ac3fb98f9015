import { existsSync } from "node:fs";
import type { Clock } from "standin";
import { always, fault, seededRandom } from "standin/lab";
import { dayAfter, isDiaryDay, momentOf } from "../decide/local-time.ts";
import { simulatedNames } from "../simulated/lab.ts";
import { parseOutage, type Outage } from "../simulated/outage.ts";
import { timelineOf } from "../simulated/timeline.ts";
import { createVirtualClock, type VirtualClock } from "../simulated/virtual-clock.ts";
import type { DiaryNews } from "../news.ts";
import { systemClock } from "../system-clock.ts";
import { DiaryTrouble } from "../trouble.ts";
import { say } from "../words.ts";
import { createDayReport, type DayReport } from "./day-report.ts";
import { openToRead, openToWrite, readFiles, type Opened } from "./open.ts";
import type { CliOptions } from "./options.ts";
import { statsLines } from "./stats.ts";

const firstDay = "2026-11-22";
// Apart from the timeline's, so that what happens and what is drawn do not go together.
const ofTheRules = 5;
// So many troubles in a row, and nothing else, end a day.
const enough = 5;
const usualOutage = "sim-qwen@12:00-15:00";

/**
 * Lives a whole day of one user in virtual time, the one after the last in the diary; `false` if
 * something was not kept.
 */
export async function day(options: CliOptions, print: (line: string) => void): Promise<boolean> {
  const { language, every } = options;
  const user = options.user ?? "lily";
  const files = readFiles(options, systemClock, () => {});
  const { timeZone } = files.settings.users.get(user) ?? files.settings.anybody;
  const days = daysOf(options, user);
  const last = days.toSorted().at(-1) ?? null;
  const today = options.day ?? (last === null ? firstDay : dayAfter(last, 1));
  if (!isDiaryDay(today)) {
    throw new DiaryTrouble(
      `After ${last} no day comes any more: name one of 2000 to 2100 by --day.`,
    );
  }
  const outages = readOutages(options, { day: today, timeZone });
  const time = createVirtualClock(momentOf(today, -3 * 60, timeZone));
  const report = createDayReport(print, { timeZone, language, every });
  let inVain = 0;
  const tell = (news: DiaryNews): void => {
    report.tell(news);
    inVain = news.type === "trouble" ? inVain + 1 : 0;
    // Each try may wait for a lock; what is due is tried every few seconds of the day.
    if (inVain === enough) void opened.diary.close();
  };
  const random = seededRandom(seedOf(options, today) + ofTheRules);
  const opened = openToWrite(options, { clock: clockFor(options, time), random }, tell);
  try {
    const { names, lab } = opened;
    print(say(language, lab === null ? "real" : "simulated", { names: names.join(", ") }));
    // What is told on the eve belongs to the first day, also when it is lived again.
    const first = days.every((one) => one >= dayAfter(today, -1));
    const about = { user, day: today, timeZone, count: options.events, first };
    const timeline = timelineOf(files, about, seededRandom(seedOf(options, today)));
    print(say(language, "day", { user, day: today, count: timeline.length }));
    print("");
    scheduleOutages(outages, opened, time, report);
    for (const event of timeline) {
      await time.live(event.at);
      if (inVain >= enough) break;
      const taken = opened.diary.take(event).catch((error: unknown) => {
        const problem = error instanceof Error ? error.message : String(error);
        tell({ type: "trouble", record: null, problem });
      });
      // A real provider's time is not ours: its answer is waited for before the day goes on.
      if (lab === null) await taken;
    }
    const isStuck = inVain >= enough;
    const end = momentOf(today, 24 * 60 - 1, timeZone);
    await time.live(isStuck ? time.now() + files.settings.writing.deadlineMs : end);
    const { trouble } = report.end();
    if (isStuck) print(say(language, "dayEnds", { day: today }));
    print("");
    for (const line of statsLines(opened.store.statistics({ user, day: today }), language)) {
      print(line);
    }
    if (!trouble) print(say(language, "place", { path: options.db }));
    return !trouble;
  } finally {
    await opened.close();
  }
}

// Each day is another one, and the same in every run.
function seedOf({ seed }: CliOptions, today: string): number {
  return seed * 1_000_003 + Date.parse(today) / 86_400_000;
}

function daysOf(options: CliOptions, user: string): readonly string[] {
  if (!existsSync(options.db)) return [];
  const store = openToRead(options);
  const days = store.events({ user }).map((record) => record.day);
  store.close();
  return days;
}

function clockFor(options: CliOptions, time: VirtualClock): Clock {
  if (!options.real) return time;
  return {
    now: () => time.now(),
    setTimer: (...timer) => time.setTimer(...timer),
    defer: (task) => systemClock.defer(task),
  };
}

function readOutages(
  { outages, real }: CliOptions,
  about: { readonly day: string; readonly timeZone: string },
): readonly Outage[] {
  if (real && outages !== null) {
    throw new DiaryTrouble("--outage is of simulated providers: take it without --real.");
  }
  const said = real ? [] : (outages ?? [usualOutage]);
  const named = { ...about, names: simulatedNames };
  return said.filter((one) => one !== "none").map((text) => parseOutage(text, named));
}

function scheduleOutages(
  outages: readonly Outage[],
  { lab }: Opened,
  time: VirtualClock,
  report: DayReport,
): void {
  for (const { provider, from, to } of outages) {
    time.setTimer(from - time.now(), () => {
      lab?.script(provider, always(fault.reset()));
      report.mark("wentDown", provider, from);
    });
    time.setTimer(to - time.now(), () => {
      lab?.heal(provider);
      report.mark("cameBack", provider, to);
    });
  }
}
