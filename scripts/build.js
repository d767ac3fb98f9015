/**
 * Builds dist from src. With --if-possible an installation without development tools is left alone.
 * Plain JavaScript: it may run before the Node that the project brings is there.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const compiler = findCompiler();

if (compiler !== null) build(compiler);
else if (!process.argv.includes("--if-possible")) {
  process.stderr.write("TypeScript is not installed: run `npm ci` first.\n");
  process.exitCode = 1;
}

function findCompiler() {
  try {
    const home = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
    const file = join(home, "bin", "tsc");
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

function build(file) {
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [file, "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
  const command = join(root, "dist", "cli", "main.js");
  // Windows has no run bit, and does not miss it.
  if (existsSync(command)) chmodSync(command, 0o755);
}
