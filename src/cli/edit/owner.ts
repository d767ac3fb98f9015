import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Who holds a lock. */
export type Owner = {
  /** All of it in one word, which may stand in the name of a file; no other lock has the same. */
  readonly id: string;
  readonly pid: number;
  /** When the process began, in the system's own count; `null` where that is not told. */
  readonly start: string | null;
  /** The machine, its boot and its space of process numbers, as a digest. */
  readonly place: string;
};

/** This process as the holder of one more lock. */
export function newOwner(): Owner {
  const { pid } = process;
  const [start, place] = [startOf(pid), thisPlace()];
  const id = [pid, start ?? "", place, randomBytes(6).toString("hex")].join("-");
  return { id, pid, start, place };
}

/** Reads the word that names an owner; `null` when it names none. */
export function readOwner(text: string): Owner | null {
  const parts = /^(\d+)-(\d*)-([\da-f]{12})-[\da-f]{12}$/u.exec(text);
  if (parts === null) return null;
  const [id, pid, start = "", place = ""] = parts;
  return { id, pid: Number(pid), start: start === "" ? null : start, place };
}

/** Whether a process has ended; `null`: it is of another machine, and nobody here can tell. */
export function hasEnded({ pid, start, place }: Owner): boolean | null {
  if (place !== thisPlace()) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return true;
  }
  // Another process may have its number by now, and one that was killed keeps it for a while.
  return start !== null && startOf(pid) !== start;
}

function startOf(pid: number): string | null {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (stat === null) return null;
  // The name in brackets may hold anything; the state is the field after it, the start the 20th.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? null : (fields[19] ?? null);
}

function thisPlace(): string {
  const boot = read(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const numbers = read(() => readlinkSync("/proc/self/ns/pid"));
  const place = [hostname(), boot ?? "", numbers ?? ""].join(" ");
  return createHash("sha256").update(place).digest("hex").slice(0, 12);
}

function read(from: () => string): string | null {
  try {
    return from();
  } catch {
    return null;
  }
}
