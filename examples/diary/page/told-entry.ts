import { localTime } from "../decide/local-time.ts";
import type { Settings } from "../settings.ts";
import type { Entry } from "../store/entry.ts";

/** An entry as the page gets it: with the time on its user's clock, and the toy's name. */
export type ToldEntry = Entry & { readonly time: string; readonly toy: string };

/** An entry with what the settings know of its user. */
export function tellEntry(entry: Entry, { users, anybody }: Settings): ToldEntry {
  const { timeZone, toy } = users.get(entry.user) ?? anybody;
  return { ...entry, time: localTime(entry.at, timeZone).time, toy };
}
