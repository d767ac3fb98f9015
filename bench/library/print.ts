import type { DecisionRow } from "./decision.ts";
import type { FirstCallRow } from "./first-call.ts";
import type { LoadResult, LoadRow } from "./load.ts";
import type { Machine } from "./machine.ts";
import type { MemoryRow } from "./memory.ts";
import { memoryInFlight } from "./memory.ts";
import type { Spread } from "./statistics.ts";

/** The machine, in two lines. */
export function printMachine(machine: Machine): string {
  const { node, system, processor, cores, load, at } = machine;
  const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`);
  return [
    `${cores} × ${processor}, ${system}, Node ${node}, load ${load.toFixed(2)}, ${at}`,
    packages.join(", "),
  ].join("\n");
}

/** One load as a Markdown table: medians, quartiles in brackets, ratios to the bare subject. */
export function printLoad({ scenario, rows }: LoadResult): string {
  const table = tableOf(
    ["subject", "processor µs a call", "×", "wall µs a call", "×", "requests a call", "wrong"],
    rows.map((row) => [
      row.subject,
      show(row.processor, micro),
      show(row.processorRatio, ratio),
      show(row.wall, micro),
      show(row.wallRatio, ratio),
      row.requestsACall.toFixed(2),
      wrongOf(row),
    ]),
  );
  const wrong = rows.flatMap(({ subject, firstWrong }) =>
    firstWrong === null ? [] : [`${subject} gave: ${firstWrong}`],
  );
  return [`### ${scenario.title}`, "", table, ...wrong.flatMap((line) => ["", line])].join("\n");
}

/** The times to a first call as a Markdown table. */
export function printFirstCalls(rows: readonly FirstCallRow[]): string {
  const head = ["subject", "ms from start of process to first answer"];
  const body = rows.map(({ subject, wall }) => [subject, show(wall, micro)]);
  return `### Import to first call\n\n${tableOf(head, body)}`;
}

/** The peaks of memory as a Markdown table. */
export function printMemory(rows: readonly MemoryRow[]): string {
  const head = ["subject", "peak MiB", "calls"];
  const body = rows.map(({ subject, peakBytes, calls }) => [
    subject,
    (peakBytes / 2 ** 20).toFixed(0),
    String(calls),
  ]);
  return `### Memory at ${memoryInFlight} in flight\n\n${tableOf(head, body)}`;
}

/** What decisions cost as a Markdown table. */
export function printDecisions(rows: readonly DecisionRow[], bareMicroseconds: number): string {
  const head = ["decision", "processor µs", "share of a bare call at 64 in flight"];
  const body = rows.map(({ title, processor }) => [
    title,
    show(processor, ratio),
    `${((processor.median / bareMicroseconds) * 100).toFixed(1)} %`,
  ]);
  return `### Deciding and learning\n\n${tableOf(head, body)}`;
}

function wrongOf({ wrong, calls }: LoadRow): string {
  if (wrong === 0) return `0 of ${calls}`;
  return `**${wrong} of ${calls}** (${((wrong / calls) * 100).toFixed(1)} %)`;
}

function show({ low, median, high }: Spread, form: (figure: number) => string): string {
  return `${form(median)} (${form(low)}–${form(high)})`;
}

function micro(figure: number): string {
  return figure.toFixed(figure < 10 ? 1 : 0);
}

function ratio(figure: number): string {
  return figure.toFixed(2);
}

function tableOf(head: readonly string[], body: readonly (readonly string[])[]): string {
  const align = head.map((_, index) => (index === 0 ? "---" : "--:"));
  return [head, align, ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
