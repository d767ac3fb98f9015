/** A moment as a person's clock and calendar show it. */
export type LocalTime = {
  /** As in 2026-11-22. */
  readonly day: string;
  /** As in 08:05. */
  readonly time: string;
};

/** Whether a text is a day there is, as in 2026-11-22; 30 February is none. */
export function isDay(text: string): boolean {
  const noon = Date.parse(`${text}T12:00:00Z`);
  return !Number.isNaN(noon) && new Date(noon).toISOString().slice(0, 10) === text;
}

/** Whether a text is a day that a diary may be kept of: one of the years 2000 to 2100. */
export function isDiaryDay(text: string): boolean {
  return isDay(text) && text >= "2000" && text < "2101";
}

const formats = new Map<string, Intl.DateTimeFormat>();
const minuteMs = 60_000;

/** The moment `at`, in epoch milliseconds, in a time zone. */
export function localTime(at: number, timeZone: string): LocalTime {
  let format = formats.get(timeZone);
  if (format === undefined) {
    const numeric = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    format = new Intl.DateTimeFormat("en-CA", { ...numeric, ...clock, timeZone });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? "";
  const day = `${part("year")}-${part("month")}-${part("day")}`;
  return { day, time: `${part("hour")}:${part("minute")}` };
}

/**
 * The moment at which a local clock shows this many minutes after midnight; a minute that a
 * change of the clock leaves out is taken as the one an hour beside it.
 */
export function momentOf(day: string, minutes: number, timeZone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * minuteMs;
  let moment = wanted;
  // Twice: the first step may have crossed a change of the clock.
  for (let step = 0; step < 2; step += 1) {
    const shown = localTime(moment, timeZone);
    moment += wanted - Date.parse(`${shown.day}T${shown.time}:00Z`);
  }
  return moment;
}

/** The calendar day so many days after this one. */
export function dayAfter(day: string, days: number): string {
  const noon = Date.parse(`${day}T12:00:00Z`) + days * 1_440 * minuteMs;
  return new Date(noon).toISOString().slice(0, 10);
}

const weekdays = new Map<string, Intl.DateTimeFormat>();

/** The name of a day of the week in a language, such as 星期日. */
export function weekdayOf(day: string, language: string): string {
  let format = weekdays.get(language);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
    weekdays.set(language, format);
  }
  return format.format(Date.parse(`${day}T12:00:00Z`));
}
