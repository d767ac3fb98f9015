/**
 * `npm run fuzz:config`: loads a million wrong configuration files, and complains of any that makes
 * loading throw, take long, show a key or say nothing of use; exit code 1 if there is one.
 */
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import * as fc from "fast-check";
import { kinds } from "../test/fuzz/files.ts";
import { complaint } from "../test/fuzz/judge.ts";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    workers: { type: "string", default: String(availableParallelism()) },
    /** For the workers themselves. */
    worker: { type: "boolean", default: false },
  },
});

/** What a stretch of cases came to. */
type Tally = { readonly cases: number; readonly slowestMs: number; readonly found: string | null };

const cases = Number(values.cases);
const seed = Number(values.seed);
const workers = Number(values.workers);
/** So many cases are made from one seed, so that one that fails is found again quickly. */
const stretch = 5_000;
const longestMs = 2_000;

if (values.worker) process.on("message", (next: number) => process.send?.(judgeStretch(next)));
else await judgeAll();

function judgeStretch(from: number): Tally {
  let slowestMs = 0;
  let judged = 0;
  for (const [kind, { made, share }] of Object.entries(kinds)) {
    const files = fc.sample(made, { numRuns: Math.round(stretch * share), seed: from });
    for (const file of files) {
      const start = performance.now();
      const said = complaint(file);
      const tookMs = performance.now() - start;
      judged += 1;
      slowestMs = Math.max(slowestMs, tookMs);
      const late = tookMs > longestMs ? `it took ${Math.round(tookMs)} ms` : null;
      const what = said ?? late;
      if (what === null) continue;
      const shown = typeof file === "string" ? JSON.stringify(file) : `bytes ${file.join(",")}`;
      const found = `${kind}, seed ${from}: ${what}\n${shown}`;
      return { cases: judged, slowestMs, found };
    }
  }
  return { cases: judged, slowestMs, found: null };
}

async function judgeAll(): Promise<void> {
  const stretches = Math.max(1, Math.ceil(cases / stretch));
  const started = performance.now();
  let next = 0;
  let judged = 0;
  let slowestMs = 0;
  const found: string[] = [];

  async function work(): Promise<void> {
    const child = fork(import.meta.filename, ["--worker"]);
    while (next < stretches && found.length === 0) {
      child.send(seed + next);
      next += 1;
      const tally = await new Promise<Tally>((resolve, reject) => {
        child.once("message", (message) => resolve(message as Tally));
        child.once("exit", (code) => reject(new Error(`a worker ended with ${code}`)));
      });
      child.removeAllListeners("exit");
      judged += tally.cases;
      slowestMs = Math.max(slowestMs, tally.slowestMs);
      if (tally.found !== null) found.push(tally.found);
      if (next % 20 === 0) process.stderr.write(`${judged.toLocaleString("en")} cases\n`);
    }
    child.disconnect();
  }

  await Promise.all(Array.from({ length: Math.min(workers, stretches) }, work));
  const seconds = Math.round((performance.now() - started) / 1_000);
  for (const one of found) process.stdout.write(`${one}\n`);
  const slowest = `the slowest took ${Math.round(slowestMs)} ms`;
  const count = judged.toLocaleString("en");
  process.stdout.write(`${count} files in ${seconds} s, ${slowest}: ${found.length} complaints.\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
