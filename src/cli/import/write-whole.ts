import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { EditFailure, cannot } from "../edit/edit-failure.ts";
import { lockFile } from "../edit/lock.ts";
import { findFile, replaceFile } from "../edit/replace-file.ts";
import { makeFolder } from "../make-folder.ts";

const waitMs = 10_000;

/** Writes a whole file: where none is, or over one if that is wanted. Throws `EditFailure`. */
export async function writeWhole(
  file: string,
  bytes: Uint8Array,
  force: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (force && (await isThere(file))) return replace(file, bytes, signal);
  try {
    await makeFolder(dirname(file));
    await writeFile(file, bytes, { flag: "wx", mode: 0o600 });
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST" || syscall !== "open") throw cannot(`${file} cannot be written`, error);
    const cure = "give another name, or --force to write over it";
    throw new EditFailure(`${file} is already there and was left as it is: ${cure}.`);
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await findFile(file);
    return true;
  } catch (error) {
    if (error instanceof EditFailure && error.missing) return false;
    throw error;
  }
}

async function replace(file: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  const { path } = await findFile(file);
  const lock = await lockFile(path, { waitMs, signal });
  try {
    if (await replaceFile(await findFile(file), bytes, lock.draft)) return;
  } finally {
    await lock.release();
  }
  throw new EditFailure(`${file} was changed by something else meanwhile, and was left as it is.`);
}
