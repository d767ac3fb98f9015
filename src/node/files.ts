import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Files } from "../ports.ts";

/** The machine's files. */
export const systemFiles: Files = {
  readSync: (path) => readFileSync(path),
  read: (path) => readFile(path),
};
