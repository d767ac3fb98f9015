#!/usr/bin/env node

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 22)) {
  const found = process.versions.node;
  process.stderr.write(`standin: Node 22.22 or newer is needed, and this is ${found}.\n`);
  process.exitCode = 1;
} else {
  const { runCommandLine } = await import("./run.ts");
  process.exitCode = await runCommandLine(process.argv.slice(2));
}
