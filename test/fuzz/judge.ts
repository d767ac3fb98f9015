import { loadConfiguration } from "../../src/config/load.ts";
import { compareSnapshots } from "../../src/config/diff.ts";
import { enter } from "../../src/request/enter.ts";
import { explain } from "../../src/request/explain.ts";
import { emptyHealth } from "../../src/resilience/health.ts";
import type { Snapshot } from "../../src/snapshot.ts";
import { canary } from "./bases.ts";

const ports = {
  environment: { get: (name: string) => (name.startsWith("NOT") ? undefined : canary) },
  files: {
    readSync: () => new TextEncoder().encode(canary),
    read: () => Promise.reject(new Error("not asked for")),
  },
};

/** What is wrong with how a file was taken; `null`: it was told well, or can be used. */
export function complaint(input: string | Uint8Array): string | null {
  try {
    return judged(input);
  } catch (error) {
    return `it threw: ${error instanceof Error ? error.stack : String(error)}`;
  }
}

function judged(input: string | Uint8Array): string | null {
  const { snapshot, problems } = loadConfiguration(input, ports);
  if ((snapshot === null) !== problems.some(({ severity }) => severity === "error")) {
    return "it can be used, or not, against what is said of it";
  }
  const text = typeof input === "string" ? input : new TextDecoder().decode(input);
  const lines = text.split(/\r\n|\n|\r/u);
  let before = { line: 0, column: 0 };
  for (const problem of problems) {
    const { line, column, message, path, hint, severity } = problem;
    const said = JSON.stringify(problem);
    const length = lines[line - 1]?.length ?? -1;
    if (!(line >= 1 && column >= 1 && column <= length + 2)) return `no such place: ${said}`;
    if (line < before.line) return `not in the file's order: ${said}`;
    before = { line, column };
    if (message.trim() === "") return `nothing is said: ${said}`;
    if (hint === "" && severity === "error") return `no cure: ${said}`;
    if (/undefined|\[object|NaN|TypeError/u.test(message + hint)) return `raw: ${said}`;
    if (message.length + hint.length > 1_000) return `too long: ${said.slice(0, 200)}`;
    // A key that was itself cut to pieces is no longer that key.
    const isWhole = text.split("canary").length === text.split(canary).length;
    if (isWhole && (path + message + hint).includes("canary")) return `the key is shown: ${said}`;
  }
  return snapshot === null ? null : used(snapshot);
}

// What can be used is used: every route is explained, and it is equal to itself.
function used(snapshot: Snapshot): string | null {
  if (compareSnapshots(snapshot, snapshot).length > 0) return "it differs from itself";
  if (snapshot.routes["default"] === undefined) return "there is no default route";
  for (const route of Object.keys(snapshot.routes)) {
    const entry = enter({ messages: [{ role: "user", content: "x" }] }, { route }, snapshot);
    const told = explain(entry, snapshot.providers, emptyHealth, { now: 0, stream: false });
    const { deadlineMs } = entry.policy;
    if (!(told.worst.durationMs <= deadlineMs + 5)) return `${route} outlasts its deadline`;
    if (told.worst.attempts > entry.policy.maxAttempts) return `${route} has too many attempts`;
  }
  return null;
}
