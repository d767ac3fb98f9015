import { readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Files } from "../ports.ts";

/** The machine's files. */
export const systemFiles: Files = {
  readSync: (path) => readFileSync(path),
  read: (path) => readFile(path),
  modeSync: (path) => (process.platform === "win32" ? null : modeOf(path)),
};

function modeOf(path: string): number | null {
  try {
    return statSync(path).mode & 0o777;
  } catch {
    return null;
  }
}
