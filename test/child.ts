import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { join } from "node:path";

/** A finished process. */
export type Finished = {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
};

/** A process under way; `finished` never rejects. */
export type Child = {
  readonly process: ChildProcessWithoutNullStreams;
  readonly finished: Promise<Finished>;
};

/** What a process is started with beside its arguments. */
export type Surroundings = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Standard input, whole; `null` leaves it open. */
  readonly input?: string | null;
};

export const root = join(import.meta.dirname, "..");
export const commandLine = join(root, "src", "cli", "main.ts");

/** Hundreds of processes compile the same files: Node keeps what it compiled here. */
const compiled = { NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "compiled") };

/** Starts this Node on these arguments, with no variable of the user's that could matter. */
export function start(args: readonly string[], surroundings: Surroundings = {}): Child {
  const { env = {}, cwd = root, input = "" } = surroundings;
  const { PATH = "", HOME = "", SystemRoot = "" } = process.env;
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH, HOME, SystemRoot, ...compiled, ...env },
    stdio: "pipe",
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  // It may end without having read all of it.
  child.stdin.on("error", () => {});
  if (input !== null) child.stdin.end(input);
  const finished = new Promise<Finished>((resolve) => {
    child.on("close", (code) => resolve({ code, out, err }));
  });
  return { process: child, finished };
}

/** Runs the command line to its end. */
export function standin(args: readonly string[], surroundings?: Surroundings): Promise<Finished> {
  return start([commandLine, ...args], surroundings).finished;
}
