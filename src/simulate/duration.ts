/** The longest time a story may take: a week. */
export const longestMs = 7 * 24 * 3_600_000;

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a text such as `90s`, `5m`, `1h30m` or `90` (seconds); `null` for any other. */
export function readDuration(text: string): number | null {
  const plain = text.trim().toLowerCase();
  if (/^\d+(?:\.\d+)?$/u.test(plain)) return Number(plain) * 1_000;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/u.test(plain)) return null;
  const parts = plain.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/gu);
  return [...parts].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (unitMs[unit] ?? 0),
    0,
  );
}

/** Milliseconds for a person: `850 ms`, `1.9 s`, `45 s`, `5 min`, `2 min 50 s`, `1 h 5 min`. */
export function sayDuration(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 10_000) return `${trim(durationMs / 1_000)} s`;
  const seconds = Math.round(durationMs / 1_000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return two(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  return two(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

/** A moment of the story as a clock shows it: `1:02` (minutes), `1:00:02` with hours. */
export function sayMoment(atMs: number): string {
  const seconds = Math.floor(atMs / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, "0");
  return hours === 0
    ? `${minutes}:${rest}`
    : `${hours}:${String(minutes).padStart(2, "0")}:${rest}`;
}

function two(large: number, unit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;
}

function trim(value: number): string {
  return value.toFixed(1).replace(/\.0$/u, "");
}
