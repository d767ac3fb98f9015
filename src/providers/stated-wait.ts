import { coolDownMaxMs } from "../failure.ts";

/** The wait a vendor states, in milliseconds from `at`; `undefined` if it states none. */
export function statedWait(
  headers: Readonly<Record<string, string>>,
  message: string,
  at: number,
): number | undefined {
  const wait =
    millisecondsIn(headers["retry-after-ms"]) ??
    waitIn(headers["retry-after"], at) ??
    resetIn(message, at);
  return wait === undefined ? undefined : Math.min(wait, coolDownMaxMs);
}

function millisecondsIn(value: string | undefined): number | undefined {
  return positive(Number(value ?? ""));
}

function waitIn(value: string | undefined, at: number): number | undefined {
  if (value === undefined || value.trim() === "") return undefined;
  const seconds = Number(value);
  return positive(Number.isNaN(seconds) ? Date.parse(value) - at : seconds * 1_000);
}

const reset =
  /reset at (?:(\d{4})-)?(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)? ?(?:UTC|GMT|Z)/i;

function resetIn(message: string, at: number): number | undefined {
  const found = reset.exec(message);
  if (found === null) return undefined;
  const [, year, ...rest] = found;
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0] = rest.map((part) =>
    Number(part ?? 0),
  );
  const inYear = (of: number): number => Date.UTC(of, month - 1, day, hour, minute, second);
  if (year !== undefined) return positive(inYear(Number(year)) - at);
  const thisYear = new Date(at).getUTCFullYear();
  const moments = [thisYear, thisYear + 1].map(inYear);
  const next = moments.find((moment) => moment > at - clockSkewMs) ?? at;
  return positive(next - at);
}

// A moment that has only just passed is not one of the next year.
const clockSkewMs = 3_600_000;

function positive(wait: number): number | undefined {
  return Number.isFinite(wait) && wait > 0 ? Math.ceil(wait) : undefined;
}
