import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const json = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8")) as unknown;

type Package = {
  readonly bin: Record<string, string>;
  readonly exports: Record<string, string | { readonly types: string; readonly default: string }>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
};

const manifest = json("package.json") as Package;

test("the suites run under the Node that the project brings", () => {
  expect(process.version).toBe(`v${manifest.devDependencies["node"]}`);
});

test("what is exported and run is there, built by the install", () => {
  const files = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === "string" ? [entry] : [entry.types, entry.default],
  );
  for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  for (const file of Object.values(manifest.bin)) {
    expect(existsSync(join(root, file)), file).toBe(true);
    if (process.platform !== "win32") expect(statSync(join(root, file)).mode & 0o111).not.toBe(0);
  }
});

test("the lock file names no host, and holds every platform's binaries", () => {
  const lock = json("package-lock.json") as { packages: Record<string, { resolved?: string }> };
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  const names = Object.keys(lock.packages);
  for (const platform of ["darwin-arm64", "linux-x64", "win32-x64"]) {
    for (const tool of ["@typescript/typescript", "@oxlint/binding", "@rolldown/binding"]) {
      const found = names.some((name) => name.startsWith(`node_modules/${tool}-${platform}`));
      expect(found, `${tool} for ${platform}`).toBe(true);
    }
  }
});

test("the library asks for few packages, and no vendor's SDK is among them", () => {
  expect(Object.keys(manifest.dependencies).toSorted()).toEqual([
    "@standard-schema/spec",
    "ajv",
    "chokidar",
    "commander",
    "eventsource-parser",
    "jsonc-parser",
    "undici",
    "zod",
  ]);
});
