import { sayDuration, sayMoment } from "./duration.ts";
import type { Dot, Paint } from "./paint.ts";
import { inColumns, paintDots } from "./paint.ts";
import type { OutageCounts, Summary } from "./summary.ts";
import type { Cell, Timeline } from "./timeline.ts";

const bars = "▁▂▃▄▅▆▇█";
const minute = 60_000;
const steps = [0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 10_080];

/** A line a provider, a character a stretch of time: who answered, and who was left alone. */
export function drawTimeline(
  { providers, outages }: Summary,
  timeline: Timeline,
  { label, paint }: { readonly label: number; readonly paint: Paint },
): readonly string[] {
  const { stretchMs, failed, longestMs } = timeline;
  const row = (name: string, dots: readonly Dot[]) =>
    `${inColumns(name, label)} ${paintDots(dots, paint)}`.trimEnd();
  const rows = Object.keys(providers).flatMap((name) => {
    const mine = outages.filter(({ provider }) => provider === name);
    const dots = (timeline.providers[name] ?? []).map(dotOf);
    const scripted = drawOutages(mine, stretchMs, dots.length);
    return [...(mine.length === 0 ? [] : [row("scripted", scripted)]), row(name, dots)];
  });
  const longest = Math.max(...longestMs);
  const total = failed.reduce((sum, count) => sum + count, 0);
  return [
    `${" ".repeat(label)} ${paint("dim", axis(stretchMs, failed.length))}`,
    ...rows,
    ...(total === 0 ? [] : [row("failed", failed.map(failedDot))]),
    row(
      "slowest",
      longestMs.map((ms) => bar(longest === 0 ? 0 : ms / longest, "dim")),
    ),
    "",
    legend(stretchMs, longest, total > 0, label),
  ];
}

function dotOf({ answers, share, wasted, left }: Cell): Dot {
  if (answers > 0) return bar(share, wasted > 0 ? "yellow" : "green");
  if (wasted > 0) return { character: "×", style: "red" };
  return left ? { character: "·", style: "dim" } : { character: " ", style: null };
}

function bar(share: number, style: Dot["style"]): Dot {
  if (share <= 0) return { character: " ", style: null };
  return { character: bars[Math.min(7, Math.ceil(share * 8) - 1)] ?? " ", style };
}

function failedDot(count: number): Dot {
  if (count === 0) return { character: " ", style: null };
  return { character: count > 9 ? "#" : String(count), style: "red" };
}

// ├─down────┤: what was scripted, at its time; the first written wins where two overlap.
function drawOutages(
  outages: readonly OutageCounts[],
  stretchMs: number,
  count: number,
): readonly Dot[] {
  const dots = Array.from({ length: count }, (): Dot => ({ character: " ", style: null }));
  for (const { fault, startMs, endMs } of outages.toReversed()) {
    const first = Math.floor(startMs / stretchMs);
    const last = Math.min(count, Math.ceil((endMs ?? Infinity) / stretchMs)) - 1;
    const line = `├─${fault}`.padEnd(last - first, "─").slice(0, last - first);
    const drawn = last > first ? `${line}${endMs === null ? "─" : "┤"}` : "│";
    for (const [at, character] of drawn.split("").entries()) {
      if (first + at < count) dots[first + at] = { character, style: "yellow" };
    }
  }
  return dots;
}

function axis(stretchMs: number, count: number): string {
  const step = (steps.find((each) => each * minute >= 9 * stretchMs) ?? 10_080) * minute;
  let text = "";
  for (let at = 0; at < count * stretchMs; at += step) {
    const column = Math.round(at / stretchMs);
    const mark = `╷${sayMoment(at)}`;
    if (column + mark.length <= count) text = text.padEnd(column) + mark;
  }
  return text;
}

function legend(stretchMs: number, longest: number, lost: boolean, label: number): string {
  const parts = [
    `one character: ${sayDuration(stretchMs)}`,
    "▁ to █ share of answers",
    "× failed calls only",
    "· left alone",
    ...(lost ? ["failed: requests, # above 9"] : []),
    `slowest: █ is ${sayDuration(longest)}`,
  ];
  const middle = Math.ceil(parts.length / 2);
  const lines = [parts.slice(0, middle), parts.slice(middle)];
  return lines.map((line) => `${" ".repeat(label)} ${line.join("; ")}`).join("\n");
}
