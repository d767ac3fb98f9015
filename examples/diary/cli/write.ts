import { createDayReport } from "./day-report.ts";
import { parseJson } from "../read-json.ts";
import { createVirtualClock } from "../simulated/virtual-clock.ts";
import { systemClock } from "../system-clock.ts";
import { DiaryTrouble } from "../trouble.ts";
import { say } from "../words.ts";
import { openToWrite, readFiles } from "./open.ts";
import type { CliOptions } from "./options.ts";
import { sayRecord } from "./why.ts";

/** Tells one event, and prints what became of it; `false` if it was refused. */
export async function write(options: CliOptions, print: (line: string) => void): Promise<boolean> {
  const { subject, language, force } = options;
  if (subject === null) throw new DiaryTrouble("Which event? `diary events` lists them.");
  const user = options.user ?? "lily";
  const { settings } = readFiles(options, systemClock, () => {});
  const { timeZone } = settings.users.get(user) ?? settings.anybody;
  const report = createDayReport(print, { timeZone, language, every: true });
  const time = createVirtualClock(Date.now());
  const clock = options.real ? systemClock : time;
  const random = { next: () => Math.random() };
  const opened = openToWrite(options, { clock, random }, (news) => {
    // What was not written is told below, once.
    if (options.json) return;
    if (news.type !== "skipped" && news.type !== "later" && news.type !== "refused") {
      report.tell(news);
    }
  });
  try {
    if (!options.json) {
      const names = opened.names.join(", ");
      print(say(language, opened.lab === null ? "real" : "simulated", { names }));
    }
    const context = parseJson("--context", options.context ?? "{}");
    const input = { event: subject, user, context };
    const taken = opened.diary.take(input, { force });
    // Whatever is due beside it is done, too.
    const done = taken.then(() => opened.diary.pump());
    // Time goes on before either is waited for: what fails meanwhile is told below.
    const settled = Promise.allSettled([taken, done]);
    if (opened.lab !== null) await time.live(time.now() + settings.writing.deadlineMs);
    await settled;
    const { record, entry } = await taken;
    await done;
    if (options.json) print(JSON.stringify({ record, entry }, null, 2));
    else if (entry === null) print(`${record.name}: ${sayRecord(record, timeZone, language)}`);
    return record.state !== "refused";
  } finally {
    await opened.close();
  }
}
