import type { Stats } from "node:fs";
import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { access, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { EditFailure, cannot } from "./edit-failure.ts";

/** A file to be edited, as it was found. */
export type Found = {
  /** Where it really is, whatever links lead to it. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly state: Stats;
};

/** Reads a file that is to be replaced. Throws `EditFailure` for one that cannot be. */
export async function findFile(file: string): Promise<Found> {
  try {
    const path = await realpath(file);
    const state = await stat(path);
    if (!state.isFile()) throw new EditFailure(`${file} is not a file. Nothing was changed.`);
    return { path, bytes: await readFile(path), state };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT") throw cannot(`${file} cannot be read`, error);
    const cure = "`standin init` writes a first one";
    throw new EditFailure(`${file} is not there: ${cure}. Nothing was changed.`, true);
  }
}

/**
 * Puts other bytes in a file's place at once, with its owner and mode, and makes them lasting.
 * `false`: the file is not what it was, and was left alone. Throws `EditFailure`.
 */
export async function replaceFile(
  { path, bytes: old, state }: Found,
  bytes: Uint8Array,
  draft: string,
): Promise<boolean> {
  try {
    await refuseReadOnly(path, state);
    await writeDraft(draft, bytes, state);
    if (!(await isStill(path, old))) return false;
    await rename(draft, path);
    await settle(dirname(path));
    return true;
  } catch (error) {
    throw cannot(`${path} cannot be replaced`, error);
  } finally {
    await rm(draft, { force: true });
  }
}

async function refuseReadOnly(path: string, { mode }: Stats): Promise<void> {
  // Whoever may do everything is still told that this file is not meant to be written.
  if ((mode & 0o222) === 0) {
    throw new EditFailure(`${path} is read-only: make it writable first. Nothing was changed.`);
  }
  await access(path, constants.W_OK);
}

async function writeDraft(draft: string, bytes: Uint8Array, state: Stats): Promise<void> {
  const handle = await open(draft, "wx", 0o600);
  try {
    await giveTo(handle, state);
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function giveTo(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const own = await handle.stat();
  try {
    if (own.uid !== uid || own.gid !== gid) await handle.chown(uid, gid);
  } catch {
    throw new EditFailure(
      "the file belongs to another user or group, and would be this user's after an edit: " +
        "run this as who owns it. Nothing was changed.",
    );
  }
  await handle.chmod(mode & 0o7777);
}

async function isStill(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    return Buffer.from(await readFile(path)).equals(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

// The new name itself is to outlive a power cut; a system that cannot is left alone.
async function settle(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The file is whole either way.
  }
}
