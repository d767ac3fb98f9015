/** Lives worlds from their seeds and holds them to every promise; exit code 1 if one is broken. */
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { brokenPromises } from "../test/simulation/oracles.ts";
import { live } from "../test/simulation/world.ts";

/** What one stretch of worlds came to. */
type Tally = {
  seeds: number;
  events: number;
  requests: number;
  answered: number;
  hours: number;
  readonly broken: { readonly seed: number; readonly what: readonly string[] }[];
};

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "300" },
    from: { type: "string", default: "1" },
    /** One line of JSON instead of words. */
    json: { type: "boolean", default: false },
    /** Every so many seeds one is lived; for the workers. */
    step: { type: "string", default: "1" },
    /** Stop at the first world with a broken promise. */
    first: { type: "boolean", default: false },
    workers: { type: "string", default: String(availableParallelism()) },
  },
});

const count = Number(values.seeds);
const from = Number(values.from);
const step = Number(values.step);
const workers = Math.min(Number(values.workers), Math.ceil(count / 50));
const reportEvery = 100;
/** So many broken worlds are told of; more would only hide them. */
const toldMax = 20;

function noTally(): Tally {
  return { seeds: 0, events: 0, requests: 0, answered: 0, hours: 0, broken: [] };
}

function add(sum: Tally, more: Tally): void {
  for (const key of ["seeds", "events", "requests", "answered", "hours"] as const) {
    sum[key] += more[key];
  }
  sum.broken.push(...more.broken);
}

async function liveOne(seed: number): Promise<Tally> {
  const story = await live(seed);
  const what = brokenPromises(story);
  return {
    seeds: 1,
    events: story.events.length,
    requests: story.told.length,
    answered: story.told.filter(({ answer }) => answer !== null).length,
    hours: (story.clock.now() - (story.events[0]?.at ?? 0)) / 3_600_000,
    broken: what.length === 0 ? [] : [{ seed, what }],
  };
}

async function liveAll(tell: (part: Tally) => void): Promise<void> {
  let part = noTally();
  for (let seed = from; seed < from + count; seed += step) {
    add(part, await liveOne(seed));
    const stop = values.first && part.broken.length > 0;
    if (part.seeds < reportEvery && !stop) continue;
    tell(part);
    if (stop) return;
    part = noTally();
  }
  tell(part);
}

// One process a core: each lives every so many of the seeds.
async function shareOut(tell: (part: Tally) => void): Promise<void> {
  const runs = Array.from({ length: workers }, (_, index) => {
    const seeds = ["--seeds", String(count - index), "--from", String(from + index)];
    const rest = ["--step", String(workers), "--workers", "1"];
    const child = fork(import.meta.filename, [...seeds, ...rest]);
    child.on("message", (part) => tell(part as Tally));
    return new Promise<void>((resolve, reject) => {
      child.on("exit", (code) => {
        if (code === 0 || code === 1) resolve();
        else reject(new Error(`A worker ended with ${code}.`));
      });
    });
  });
  await Promise.all(runs);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function sayBroken({ broken }: Tally): void {
  for (const { seed, what } of broken) {
    say(`\nseed ${seed}:`);
    for (const line of what.slice(0, 10)) say(`  ${line}`);
    say(`  replay: npm run simulation -- --seeds 1 --from ${seed}`);
  }
}

const whole = noTally();
const startedAt = performance.now();
const isWorker = process.send !== undefined;
const tell = (part: Tally): void => {
  add(whole, part);
  if (isWorker) process.send?.(part);
  if (isWorker || values.json) return;
  if (whole.broken.length - part.broken.length < toldMax) sayBroken(part);
  if (whole.seeds % 1_000 < part.seeds) say(`${whole.seeds} of ${count} seeds …`);
};
await (workers > 1 && !isWorker ? shareOut(tell) : liveAll(tell));
if (values.json) say(JSON.stringify(whole));
else if (!isWorker) {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  const broken = whole.broken.length;
  say(
    `${whole.seeds} seeds: ${whole.events} events, ${whole.requests} requests, ` +
      `${whole.answered} answered, ${whole.hours.toFixed(0)} virtual hours in ${seconds} s; ` +
      (broken === 0 ? "every promise held" : `${broken} seeds broke one`),
  );
}
process.exitCode = whole.broken.length > 0 ? 1 : 0;
if (isWorker) process.disconnect();
