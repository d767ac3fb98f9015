/** What health costs: to decide, to learn, and to remember, at 2, 20 and 200 providers. */
import { parseArgs } from "node:util";
import { describeMachine } from "../library/machine.ts";
import type { CostRow } from "./cost.ts";
import { measureCosts } from "./cost.ts";
import type { MemoryPoint } from "./memory.ts";
import { measureMemory } from "./memory.ts";

const { values } = parseArgs({
  options: {
    /** Some seconds: shows that it works, figures mean little. */
    quick: { type: "boolean", default: false },
  },
});

const sizes = [2, 20, 200];
const count = values.quick ? 500 : 20_000;
const requests = values.quick ? 20_000 : 1_000_000;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function sayCosts(rows: readonly CostRow[]): void {
  say("\n| processor µs, median (quartiles) | providers | |\n| --- | --: | --: |");
  for (const { title, providers, cost } of rows) {
    const [low, median, high] = [cost.low, cost.median, cost.high].map((one) => one.toFixed(2));
    say(`| ${title} | ${providers} | ${median} (${low}–${high}) |`);
  }
}

function sayMemory(points: readonly MemoryPoint[]): void {
  say("\n| requests learnt from | heap MiB | resident MiB |\n| --: | --: | --: |");
  const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  for (const { requests: seen, heap, resident } of points) {
    say(`| ${seen} | ${mebibytes(heap)} | ${mebibytes(resident)} |`);
  }
}

const { processor, cores, node, system, load, at } = describeMachine();
say(`${cores} × ${processor}, ${system}, Node ${node}, load ${load.toFixed(2)}, ${at}`);
sayCosts(sizes.flatMap((size) => measureCosts(size, Math.ceil((count * 2) / Math.sqrt(size)))));
sayMemory(await measureMemory(requests, requests / 10));
