import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Who holds a lock, as its file says. */
export type Owner = {
  /** No other lock ever has the same. */
  readonly id: string;
  readonly pid: number;
  /** When the process began, in the system's own count; `null` where that is not told. */
  readonly start: string | null;
  /** The machine, its boot and its space of process numbers. */
  readonly place: string;
};

/** This process as the holder of one more lock. */
export function newOwner(): Owner {
  const { pid } = process;
  return { id: randomUUID(), pid, start: startOf(pid), place: thisPlace() };
}

/** Reads what a lock's file says; `null` when it says nothing. */
export function readOwner(text: string): Owner | null {
  try {
    const { id, pid, start, place } = JSON.parse(text) as Partial<Owner>;
    const isWhole = typeof id === "string" && /^[\w-]{1,60}$/u.test(id) && Number.isInteger(pid);
    if (!isWhole || pid === undefined || place === undefined) return null;
    return { id, pid, start: start ?? null, place };
  } catch {
    return null;
  }
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
  return [hostname(), boot ?? "", numbers ?? ""].join(" ");
}

function read(from: () => string): string | null {
  try {
    return from();
  } catch {
    return null;
  }
}
