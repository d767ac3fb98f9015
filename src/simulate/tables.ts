import { sayDuration, sayMoment } from "./duration.ts";
import type { Paint } from "./paint.ts";
import { inColumns } from "./paint.ts";
import type { Absence } from "./story.ts";
import type { Kinds, RequestCounts, Spread, Summary } from "./summary.ts";

type Manner = { readonly label: number; readonly paint: Paint };

/** What each provider did. */
export function providerTable({ providers }: Summary, { label, paint }: Manner): readonly string[] {
  const head = `${" ".repeat(label)} ${cells(["calls", "answers", "share", "wasted"])}`;
  const rows = Object.entries(providers).map(([name, one]) => {
    const { calls, answers, share, wasted, failed } = one;
    const numbers = [count(calls), count(answers), percent(share, 1), count(wasted)];
    const kinds = wasted === 0 ? "" : `  ${paint("dim", sayKinds(failed))}`;
    return `${inColumns(name, label)} ${cells(numbers)}${kinds}`;
  });
  return [paint("dim", head), ...rows];
}

const mostAbsences = 5;

/** When each provider was left and returned to; empty where none was. */
export function absencesTable({ providers }: Summary, { label, paint }: Manner): readonly string[] {
  return Object.entries(providers).flatMap(([name, { absences }]) => {
    const shown = absences.slice(0, mostAbsences).map((one, at) => {
      return `${inColumns(at === 0 ? name : "", label)} ${sayAbsence(one)}`;
    });
    const more = absences.length - shown.length;
    const rest = `${" ".repeat(label)} ${paint("dim", `and ${more} times more`)}`;
    return more > 0 ? [...shown, rest] : shown;
  });
}

function sayAbsence({ leftMs, returnedMs, because, probes }: Absence): string {
  const tries = probes === 1 ? "1 probe" : `${probes} probes`;
  const between = probes === 0 ? "" : `, ${tries} in vain`;
  const back =
    returnedMs === null
      ? "not returned to"
      : `back ${sayMoment(returnedMs)} (after ${sayDuration(returnedMs - leftMs)})`;
  return `left ${sayMoment(leftMs)} (${because})${between}, ${back}`;
}

/** What became of the requests, of all and of those that began while something was wrong. */
export function requestTable({ all, during }: Summary): readonly string[] {
  const columns = during === null ? [all] : [all, during];
  const row = (name: string, say: (counts: RequestCounts) => string) =>
    `${name.padEnd(27)}${columns.map((one) => say(one).padStart(20)).join("")}`;
  const heads = ["all requests", "during outages"].slice(0, columns.length);
  const kinds = Object.keys(all.failed) as (keyof Kinds)[];
  return [
    `${"".padEnd(27)}${heads.map((head) => head.padStart(20)).join("")}`,
    row("requests", ({ requests }) => count(requests)),
    row("answered", ({ answered, requests }) =>
      requests === 0 ? "-" : percent(answered / requests, 2),
    ),
    ...kinds.map((kind) => row(`failed: ${kind}`, ({ failed }) => count(failed[kind] ?? 0))),
    row("again at the same provider", ({ repeats }) => count(repeats)),
    row("moved to another", ({ switches }) => count(switches)),
    row("answer, p50 / p95 / p99 s", ({ latencyMs }) => spread(latencyMs)),
    row("first content of a stream", ({ firstContentMs }) => spread(firstContentMs)),
    row("slowest answer", ({ latencyMs }) => (latencyMs ? sayDuration(latencyMs.max) : "-")),
    row("longest wait of anybody", ({ longestMs }) => sayDuration(longestMs)),
  ];
}

function spread(of: Spread | null): string {
  return of === null ? "-" : [of.p50, of.p95, of.p99].map(short).join(" / ");
}

function cells(texts: readonly string[]): string {
  return texts.map((text) => text.padStart(9)).join("");
}

function sayKinds(kinds: Kinds): string {
  return Object.entries(kinds)
    .map(([kind, number]) => `${kind} ${count(number)}`)
    .join(", ");
}

// Never 100 % where one is missing.
function percent(share: number, digits: number): string {
  if (share === 1) return "100 %";
  const scale = 100 * 10 ** digits;
  return `${(Math.min(Math.round(share * scale), scale - 1) / 10 ** digits).toFixed(digits)} %`;
}

function short(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

function count(number: number): string {
  return number.toLocaleString("en");
}
