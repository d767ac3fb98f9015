import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, availableParallelism, cpus, loadavg, platform } from "node:os";
import { join } from "node:path";

/** What was measured on, and with what. */
export type Machine = {
  readonly at: string;
  readonly node: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  /** Of the last minute, before the run began. */
  readonly load: number;
  readonly packages: Readonly<Record<string, string>>;
};

const packages = ["undici", "openai", "ai", "@ai-sdk/openai-compatible", "ai-retry"];

/** The machine as it is now. */
export function describeMachine(): Machine {
  return {
    at: new Date().toISOString(),
    node: process.version,
    system: `${platform()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    load: loadavg()[0] ?? NaN,
    packages: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
  };
}

function versionOf(name: string): string {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const path of paths) {
    try {
      const text = readFileSync(join(path, name, "package.json"), "utf8");
      return (JSON.parse(text) as { readonly version: string }).version;
    } catch {
      continue;
    }
  }
  return "not found";
}
