import { localTime } from "../decide/local-time.ts";
import { fullReason } from "../say-reason.ts";
import { systemClock } from "../system-clock.ts";
import type { EventRecord } from "../store/record.ts";
import { DiaryTrouble } from "../trouble.ts";
import { say, type Language } from "../words.ts";
import { NotTold } from "./not-told.ts";
import { openToRead, readFiles } from "./open.ts";
import type { CliOptions } from "./options.ts";

/** Prints why an event was written or not, each time it happened. */
export function why(options: CliOptions, print: (line: string) => void): void {
  const { subject, language } = options;
  if (subject === null) throw new DiaryTrouble("Which event? As in: diary why liked_single");
  const { settings, catalogue } = readFiles(options, systemClock, () => {});
  const store = openToRead(options);
  const known = catalogue.event(subject);
  const event = known?.name ?? subject;
  const { user, day } = options;
  const records = store.events({ event, user: user ?? undefined, day: day ?? undefined });
  store.close();
  if (records.length === 0 && known === null) {
    const what = `There is no event ${JSON.stringify(subject)}, and none by that id was told`;
    throw new NotTold(`${what}; \`diary events\` lists those there are.`);
  }
  if (options.json) return print(JSON.stringify(records, null, 2));
  if (records.length === 0) print(say(language, "nothing"));
  for (const record of records) {
    const { timeZone } = settings.users.get(record.user) ?? settings.anybody;
    const when = localTime(record.at, timeZone);
    const what = sayRecord(record, timeZone, language);
    print(`${when.day} ${when.time}  ${record.user}  ${record.name}  ${what}`);
  }
}

/** What became of one event, and why. */
export function sayRecord(record: EventRecord, timeZone: string, language: Language): string {
  const reason = fullReason(record, language);
  if (record.state === "later" && record.due !== null) {
    const { day, time } = localTime(record.due, timeZone);
    return `${reason}; ${say(language, "later", { time: `${day} ${time}` })}`;
  }
  if (record.state === "queued") return say(language, "queued", { event: record.name });
  if (record.state === "reserved") return `${reason}; ${say(language, "reserved")}`;
  return reason;
}
