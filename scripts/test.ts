/** Runs every check and suite there is; the last line says in plain words how it went. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Step = { readonly name: string; readonly command: string; readonly args: readonly string[] };

type Counts = { passed: number; failed: number; skipped: number };

const quick = process.argv.includes("--quick");
const folder = mkdtempSync(join(tmpdir(), "standin-test-"));
const report = join(folder, "report.json");

const checks: readonly Step[] = [
  { name: "types", command: "tsc", args: ["-p", "tsconfig.json"] },
  { name: "types of bench", command: "tsc", args: ["-p", "bench/tsconfig.json"] },
  { name: "lint", command: "oxlint", args: ["--type-aware", "--deny-warnings"] },
  {
    name: "format",
    command: "oxfmt",
    args: ["--check", "src", "test", "bench", "examples", "scripts"],
  },
];

const suites: Step = {
  name: "suites",
  command: "vitest",
  args: [
    ...["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    ...(quick ? ["src", "test/tidy.test.ts"] : []),
  ],
};

function run({ name, command, args }: Step): boolean {
  process.stdout.write(`\n== ${name}\n`);
  const { status, error } = spawnSync(command, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error !== undefined) process.stdout.write(`${command}: ${error.message}\n`);
  return status === 0;
}

function countSuites(ok: boolean): Counts {
  type Report = { numPassedTests: number; numFailedTests: number; numPendingTests: number };
  try {
    const found = JSON.parse(readFileSync(report, "utf8")) as Report;
    // A suite that could not even be read has no failed tests, and has failed all the same.
    const failed = Math.max(found.numFailedTests, ok ? 0 : 1);
    return { passed: found.numPassedTests, failed, skipped: found.numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const results = checks.map((step) => ({ name: step.name, ok: run(step) }));
const counts = countSuites(run(suites));
rmSync(folder, { recursive: true, force: true });
for (const { name, ok } of results) {
  if (ok) counts.passed += 1;
  else counts.failed += 1;
  if (!ok) process.stdout.write(`\n${name}: failed, see above\n`);
}
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
process.stdout.write(`\nTests: ${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exitCode = counts.failed > 0 ? 1 : 0;
