import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/**
 * Compiles the sources and the bench, as they would be published, and gives the folder of the
 * scripts, which lives as long as this process. Node could run the sources, but would pay for
 * taking their types off at every start.
 */
export function compile(): string {
  // Inside node_modules, so that packages are found from there.
  const folder = join(root, "node_modules", ".cache", `standin-bench-${process.pid}`);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  const project = join(root, "bench", "tsconfig.json");
  const options = ["--noEmit", "false", "--outDir", folder, "--sourceMap"];
  const { status, error } = spawnSync("tsc", ["-p", project, ...options], {
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (error !== undefined) throw error;
  if (status !== 0) process.stderr.write("The sources have type errors; measured as they are.\n");
  return join(folder, "bench", "library");
}
