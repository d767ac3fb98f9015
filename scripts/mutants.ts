/** Plants faults, one at a time, in a copy of the source, and tells which promise catches each. */
import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Mutant } from "../test/mutants/mutant.ts";
import { requestMutants } from "../test/mutants/request.ts";
import { resilienceMutants } from "../test/mutants/resilience.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
    /** Writes the table into docs/simulation.md. */
    write: { type: "boolean", default: false },
    /** Only the mutants whose name has this in it. */
    only: { type: "string", default: "" },
    workers: { type: "string", default: "2" },
  },
});

type Row = { readonly mutant: Mutant; readonly simulation: string; readonly units: string };

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "standin-mutants-"));
const page = join(root, "docs", "simulation.md");
const begin = "<!-- mutants: written by npm run simulation:mutants -- --write -->";
const end = "<!-- end of mutants -->";
/** A fault that makes a world endless is caught, too. */
const patienceMs = 120_000;

function copyTree(name: string): string {
  const to = join(folder, name);
  for (const part of ["src", "test/simulation", "scripts/simulation.ts", "test/samples.ts"]) {
    cpSync(join(root, part), join(to, part), { recursive: true });
  }
  for (const part of ["test/manual-clock.ts", "package.json", "tsconfig.json"]) {
    cpSync(join(root, part), join(to, part));
  }
  cpSync(join(root, "vitest.config.ts"), join(to, "vitest.config.ts"));
  symlinkSync(join(root, "node_modules"), join(to, "node_modules"));
  return to;
}

function plant(tree: string, { name, file, text, replacement }: Mutant): () => void {
  const path = join(tree, "src", file);
  const whole = readFileSync(path, "utf8");
  const parts = whole.split(text);
  if (parts.length !== 2) {
    throw new Error(`${name}: its text stands ${parts.length - 1} times in src/${file}, not once.`);
  }
  writeFileSync(path, parts.join(replacement));
  return () => writeFileSync(path, whole);
}

function run(tree: string, command: string, args: readonly string[]) {
  return new Promise<{ readonly ok: boolean; readonly output: string; readonly hung: boolean }>(
    (resolve) => {
      const options = { cwd: tree, timeout: patienceMs, maxBuffer: 2 ** 26 };
      execFile(command, args, { ...options, killSignal: "SIGKILL" }, (error, stdout, stderr) => {
        resolve({ ok: error === null, output: stdout + stderr, hung: error?.killed === true });
      });
    },
  );
}

async function simulate(tree: string): Promise<string> {
  const script = join("scripts", "simulation.ts");
  const seeds = ["--seeds", values.seeds, "--from", values.from];
  const args = [script, ...seeds, "--workers", "1", "--json", "--first"];
  const { ok, output, hung } = await run(tree, process.execPath, args);
  if (ok) return "survived";
  if (hung) return "a world without end";
  type Told = { readonly broken: readonly { readonly seed: number; readonly what: string[] }[] };
  const line = output.split("\n").find((one) => one.startsWith('{"seeds"'));
  if (line === undefined) return "the world broke down";
  const [first] = (JSON.parse(line) as Told).broken;
  const names = new Set((first?.what ?? []).map((what) => what.split(":")[0]));
  return `${[...names].map((name) => `\`${name}\``).join(", ")} (seed ${first?.seed})`;
}

async function unitTest(tree: string): Promise<string> {
  const vitest = join(root, "node_modules", ".bin", "vitest");
  const folders = ["src/request", "src/resilience"];
  const found = join(tree, "units.json");
  rmSync(found, { force: true });
  const report = ["--reporter=json", `--outputFile=${found}`, "--maxWorkers=1"];
  const { ok, hung } = await run(tree, vitest, ["run", ...folders, ...report]);
  if (ok) return "–";
  if (hung) return "a test without end";
  type Told = {
    readonly testResults: readonly { readonly name: string; readonly status: string }[];
  };
  if (!existsSync(found)) return "the tests broke down";
  const told = JSON.parse(readFileSync(found, "utf8")) as Told;
  const failed = told.testResults.filter(({ status }) => status === "failed");
  return failed.map(({ name }) => `\`${name.split("/").at(-1)}\``).join(", ");
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ mutant, simulation, units }) =>
      `| ${mutant.name} | \`src/${mutant.file}\` | ${simulation} | ${units} |`,
  );
  const head = ["| planted fault | in | caught by the promise | by the unit tests |"];
  return [...head, "|---|---|---|---|", ...lines].join("\n");
}

function writeTable(table: string): void {
  const text = readFileSync(page, "utf8");
  const [before, rest = ""] = text.split(begin);
  const [, after] = rest.split(end);
  if (after === undefined) throw new Error("docs/simulation.md has no place for the table.");
  writeFileSync(page, `${before}${begin}\n\n${table}\n\n${end}${after}`);
}

const mutants = [...requestMutants, ...resilienceMutants].filter(({ name }) =>
  name.includes(values.only),
);
const rows: Row[] = [];
let next = 0;

async function work(index: number): Promise<void> {
  const tree = copyTree(`tree-${index}`);
  for (let mutant = mutants[next++]; mutant !== undefined; mutant = mutants[next++]) {
    const takeOut = plant(tree, mutant);
    const simulation = await simulate(tree);
    const row = { mutant, simulation, units: await unitTest(tree) };
    takeOut();
    rows.push(row);
    process.stdout.write(`${row.mutant.name}: ${row.simulation}; ${row.units}\n`);
  }
}

try {
  const tree = copyTree("whole");
  // A text that is not found must be known before an hour has gone by.
  for (const mutant of mutants) plant(tree, mutant)();
  const sound = await simulate(tree);
  if (sound !== "survived") throw new Error(`A promise is broken without any fault: ${sound}`);
  await Promise.all(Array.from({ length: Number(values.workers) }, (_, index) => work(index)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
rows.sort((a, b) => mutants.indexOf(a.mutant) - mutants.indexOf(b.mutant));
if (values.write) writeTable(tableOf(rows));
const survivors = rows.filter(({ simulation }) => simulation === "survived");
process.stdout.write(
  `\n${rows.length} planted, ${rows.length - survivors.length} caught by the simulation, ` +
    `${survivors.filter(({ units }) => units !== "–").length} more by unit tests\n`,
);
