import { constants } from "node:fs";
import { copyFile, link, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { EditFailure, cannot } from "./edit-failure.ts";
import type { Owner } from "./owner.ts";
import { hasEnded, newOwner, readOwner } from "./owner.ts";

/** A lock that is held until `release` is called, or until this process ends in whatever way. */
export type Lock = {
  /** Where its holder may write a draft, which is cleared away if the holder dies. */
  readonly draft: string;
  readonly release: () => Promise<void>;
};

/** How a lock is waited for. */
export type Patience = { readonly waitMs: number; readonly signal: AbortSignal };

// Of one on another machine, where nobody here can see who holds it: edits take far less.
const abandonedMs = 120_000;

/** The lock beside a file, of which at most one process holds it; whoever died has let it go. */
export async function lockFile(file: string, patience: Patience): Promise<Lock> {
  const path = join(dirname(file), `.${basename(file)}.standin-lock`);
  const until = performance.now() + patience.waitMs;
  const lock = await take(path, until, patience);
  await sweep(path, until, patience);
  return lock;
}

async function take(path: string, until: number, patience: Patience): Promise<Lock> {
  const owner = newOwner();
  const own = `${path}.${owner.id}.new`;
  try {
    await writeFile(own, owner.id, { flag: "wx", mode: 0o600 });
    for (;;) {
      if (await claim(own, path)) {
        const release = () => letGo(path, owner);
        return { draft: `${path}.${owner.id}.draft`, release };
      }
      await clear(path, until, patience);
    }
  } catch (error) {
    throw patience.signal.aborted
      ? error
      : cannot(`no lock can be made in ${dirname(path)}`, error);
  } finally {
    await rm(own, { force: true });
  }
}

// A link is there whole or not at all, and never over another.
async function claim(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (!["EPERM", "ENOTSUP", "ENOSYS", "EOPNOTSUPP", "EINVAL"].includes(code)) throw error;
  }
  try {
    await copyFile(own, path, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

// Comes back when it is worth another try.
async function clear(path: string, until: number, patience: Patience): Promise<void> {
  const held = await look(path);
  if (held === null) return;
  if (held.ended) {
    await breakLock(path, held.owner, until, patience);
    return;
  }
  patience.signal.throwIfAborted();
  if (performance.now() >= until) throw new EditFailure(refusal(path, held.owner));
  await pause(5 + Math.random() * 20, undefined, { signal: patience.signal });
}

async function letGo(path: string, owner: Owner): Promise<void> {
  const held = await look(path);
  if (held?.owner?.id === owner.id) await rm(path, { force: true });
}

type Held = { readonly owner: Owner | null; readonly ended: boolean };

async function look(path: string): Promise<Held | null> {
  try {
    const owner = readOwner(await readFile(path, "utf8"));
    const ended = owner === null ? null : hasEnded(owner);
    return { owner, ended: ended ?? (await isAbandoned(path)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > abandonedMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

// Only who holds the lock on breaking this very lock may remove it: it is then never another's.
async function breakLock(
  path: string,
  owner: Owner | null,
  until: number,
  patience: Patience,
): Promise<void> {
  const guard = await take(`${path}.${owner?.id ?? "nobody"}.break`, until, patience);
  try {
    const held = await look(path);
    if (held?.ended === true && held.owner?.id === owner?.id) await rm(path, { force: true });
  } finally {
    await guard.release();
  }
}

// What processes left that were killed; the lock is held, so a draft is nobody's.
async function sweep(path: string, until: number, patience: Patience): Promise<void> {
  const folder = dirname(path);
  const before = `${basename(path)}.`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(before)) continue;
    const left = join(folder, name);
    if (name.endsWith(".draft")) await rm(left, { force: true });
    if (name.endsWith(".new") && (await isLeft(left))) await rm(left, { force: true });
    if (name.endsWith(".break")) {
      const held = await look(left);
      if (held?.ended === true) await breakLock(left, held.owner, until, patience);
    }
  }
}

async function isLeft(own: string): Promise<boolean> {
  const owner = readOwner(own.split(".").at(-2) ?? "");
  const ended = owner === null ? null : hasEnded(owner);
  return ended ?? (await isAbandoned(own));
}

function refusal(path: string, owner: Owner | null): string {
  const who = owner === null ? "somebody" : `process ${owner.pid}`;
  return (
    `another edit of this file is under way: ${who} holds ${path}. ` +
    "Try again when it is over; if nobody edits, remove that file. Nothing was changed."
  );
}
