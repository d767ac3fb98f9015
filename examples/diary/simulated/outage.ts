import { momentOf } from "../decide/local-time.ts";
import { DiaryTrouble } from "../trouble.ts";

/** When a simulated provider does not answer; epoch milliseconds. */
export type Outage = { readonly provider: string; readonly from: number; readonly to: number };

const form = /^([^@]+)@([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)$/u;

/**
 * An outage as it is written: `sim-qwen@10:30-14:00`, in the user's own time. Throws DiaryTrouble.
 */
export function parseOutage(
  text: string,
  { day, timeZone, names }: { day: string; timeZone: string; names: readonly string[] },
): Outage {
  const [, provider = "", ...figures] = form.exec(text) ?? [];
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = figures.map(Number);
  if (!names.includes(provider)) {
    throw new DiaryTrouble(
      `--outage must be as in ${names[0]}@10:30-14:00, with one of ${names.join(", ")}, ` +
        `not ${JSON.stringify(text)}.`,
    );
  }
  const from = momentOf(day, fromHour * 60 + fromMinute, timeZone);
  const to = momentOf(day, toHour * 60 + toMinute, timeZone);
  if (to <= from) throw new DiaryTrouble(`--outage ${text} ends before it begins.`);
  return { provider, from, to };
}
