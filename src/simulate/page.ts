import type { Load } from "./load.ts";
import { answerMs } from "./load.ts";
import { sayDuration } from "./duration.ts";
import { drawTimeline } from "./draw-timeline.ts";
import { headline } from "./headline.ts";
import type { Paint } from "./paint.ts";
import { plain } from "./paint.ts";
import type { Result } from "./result.ts";
import { absencesTable, providerTable, requestTable } from "./tables.ts";

/** How a page is laid out. */
export type Manner = { readonly width: number; readonly paint: Paint };

/** How many characters the timeline has on a page of this width. */
export function timelineWidth(names: readonly string[], width: number): number {
  return width - labelWidth(names) - 1;
}

function labelWidth(names: readonly string[]): number {
  return Math.min(20, Math.max(...[...names, "scripted"].map(({ length }) => length)));
}

/** A story as a page for a person, lines that end with a line break. */
export function writePage(result: Result, { width, paint }: Manner): string {
  const { load, seed, summary, timeline, advice } = result;
  const label = labelWidth(Object.keys(summary.providers));
  const parts = [
    wrap(setting(load, seed), width).map((line) => paint("dim", line)),
    wrap(headline(summary), width).map((line) => paint("bold", line)),
    drawTimeline(summary, timeline, { label, paint }),
    providerTable(summary, { label, paint }),
    absencesTable(summary, { label, paint }),
    requestTable(summary),
    advice.flatMap((one) =>
      wrap(plain(one), width - 2).map((line, at) => (at === 0 ? "> " : "  ") + line),
    ),
  ];
  const said = parts.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${said.join("\n\n")}\n`;
}

function setting({ perSecond, durationMs, streams }: Load, seed: number): string {
  const kinds = { all: "all of them streams", none: "none a stream", half: "half of them streams" };
  return (
    `SIMULATED: the real engine in virtual time, simulated providers, no network, no key. ` +
    `${sayDuration(durationMs)} at ${perSecond} requests a second, ${kinds[streams]}, ` +
    `seed ${seed}. A provider that is well takes ${answerMs.least / 1_000} to ` +
    `${answerMs.most / 1_000} s for an answer.`
  );
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
