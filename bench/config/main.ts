/** What a configuration costs: to load, to swap in, and to requests under way while it is. */
import { parseArgs } from "node:util";
import { describeMachine } from "../library/machine.ts";
import type { Spread } from "../library/statistics.ts";
import { spreadOf } from "../library/statistics.ts";
import { createEdited } from "./edited.ts";
import { startLabProcess } from "./lab-process.ts";
import { measureLoading } from "./loading.ts";
import type { UnderLoad } from "./under-load.ts";
import { measureUnderLoad } from "./under-load.ts";

const { values } = parseArgs({
  options: {
    /** Some seconds: shows that it works, figures mean little. */
    quick: { type: "boolean", default: false },
  },
});

const sizes = [2, 50, 1_000];
const loads = values.quick ? 5 : 50;
const edits = values.quick ? 3 : 40;
const plan = { inFlight: 64, blocks: values.quick ? 1 : 10, reloads: values.quick ? 5 : 100 };

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function show({ low, median, high }: Spread): string {
  const [first, second, third] = [low, median, high].map((one) => one.toFixed(1));
  return `${second} (${first}–${third})`;
}

async function measureSwap(providers: number): Promise<Spread> {
  const { edit, close } = createEdited(providers);
  const figures: number[] = [];
  await edit();
  for (let count = 0; count < edits; count += 1) figures.push(await edit());
  await close();
  return spreadOf(figures);
}

function sayUnderLoad({ providers, reloads, withReloads, without }: UnderLoad): void {
  say(`\n${reloads} reloads of ${providers} providers, ${plan.inFlight} requests in flight`);
  say("\n| ms, median (quartiles) of blocks | with reloads | without | × |");
  say("| --- | --: | --: | --: |");
  for (const [title, of] of rows) {
    const ratio = withReloads[of].median / without[of].median;
    say(`| ${title} | ${show(withReloads[of])} | ${show(without[of])} | ${ratio.toFixed(2)} |`);
  }
  say(`| requests | ${withReloads.requests} | ${without.requests} | |`);
  say(`| lost | ${withReloads.lost} | ${without.lost} | |`);
}

const rows = [
  ["a request", "median"],
  ["one in a hundred", "p99"],
  ["the slowest", "slowest"],
  ["longest pause of the event loop", "pause"],
] as const;

const { processor, cores, node, system, load, at } = describeMachine();
say(`${cores} × ${processor}, ${system}, Node ${node}, load ${load.toFixed(2)}, ${at}`);
say("\n| providers | kB | load, ms | from rename to swap, ms |\n| --: | --: | --: | --: |");
for (const size of sizes) {
  const { kB, ms } = measureLoading(size, loads);
  say(`| ${size} | ${kB.toFixed(1)} | ${show(ms)} | ${show(await measureSwap(size))} |`);
}
const lab = await startLabProcess();
for (const size of sizes) sayUnderLoad(await measureUnderLoad(size, lab.configuration, plan));
lab.stop();
