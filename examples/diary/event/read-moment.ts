import { isDay, localTime, momentOf } from "../decide/local-time.ts";
import { quoted } from "./quoted.ts";

const first = Date.UTC(2000, 0, 1);
const dayMs = 86_400_000;
const clocksDifferMs = 3_600_000;
const form = "write epoch milliseconds, or a date such as 2026-11-22T08:00:00+08:00";

const date = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](.+))?$/u;
const clock = /^(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?([Zz]|[+-]\d{2}:?\d{2})?$/u;

/**
 * When an event happened, in epoch milliseconds: as told, or `now`. A date without an offset is
 * the clock's in the time zone, and one without a time is midnight there. A text says what is
 * wrong with it.
 */
export function readMoment(value: unknown, now: number, timeZone: string): number | string {
  if (value === undefined || value === null) return now;
  const at = typeof value === "string" ? momentIn(value.trim(), timeZone) : value;
  if (typeof at === "string") return `at is ${quoted(value)}, ${at}`;
  if (typeof at !== "number" || !Number.isFinite(at)) {
    return `at is ${quoted(value)}, which is no time: ${form}`;
  }
  if (isTooEarly(at, timeZone)) {
    return `at is ${quoted(value)}, which is before the year 2000: ${form}`;
  }
  if (at > now + clocksDifferMs) return `at is ${quoted(value)}, which has not happened yet`;
  return Math.floor(at);
}

// The year begins earlier in Shanghai than in London.
function isTooEarly(at: number, timeZone: string): boolean {
  if (at >= first + dayMs) return false;
  return at < first - dayMs || localTime(at, timeZone).day < "2000";
}

// A number, or what is wrong with the text.
function momentIn(text: string, timeZone: string): number | string {
  const [, day, time = "00:00"] = date.exec(text) ?? [];
  const [, hour, minute, second = "00", part = "0", offset] = clock.exec(time) ?? [];
  if (day === undefined || hour === undefined) return `which is no time: ${form}`;
  if (day < "2000") return `which is before the year 2000: ${form}`;
  if (!isDay(day)) return `and there is no ${day}: ${form}`;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return `and no clock shows ${hour}:${minute}:${second}: ${form}`;
  }
  const minutes = Number(hour) * 60 + Number(minute);
  const restMs = Number(second) * 1_000 + Math.floor(Number(`0.${part}`) * 1_000);
  if (offset === undefined) return momentOf(day, minutes, timeZone) + restMs;
  const ahead = minutesIn(offset);
  if (ahead === null) return `and no place is ${offset} from Greenwich: ${form}`;
  return momentOf(day, minutes - ahead, "UTC") + restMs;
}

// Kiribati is 14 hours ahead; nobody is further.
function minutesIn(offset: string): number | null {
  if (/^z$/iu.test(offset)) return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return null;
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
