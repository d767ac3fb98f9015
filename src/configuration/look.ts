import type { Inputs, Reader } from "../config/inputs.ts";
import { createReader } from "../config/inputs.ts";
import { wholeFileProblem } from "../config/problem.ts";
import { settle } from "../config/settle.ts";
import { LLMConfigurationError } from "../errors.ts";
import type { Ports } from "../ports.ts";
import type { Snapshot } from "../snapshot.ts";
import type { InForce } from "./in-force.ts";

/** What looking at the files needs. */
export type Looking = {
  readonly reader: Reader;
  readonly inForce: InForce;
  readonly ports: Ports;
  readonly load: (inputs: Inputs) => Snapshot;
  /** Runs a task when no other that changes the configuration runs. */
  readonly inTurn: <Value>(task: () => Value) => Promise<Value>;
  readonly isClosed: () => boolean;
  /** Something else is in force, or was refused, and why. */
  readonly done: (refusal: string | null) => void;
};

/** Looks at the files, and takes what they hold; asked again meanwhile, it looks once more. */
export function createLook(looking: Looking): () => void {
  let wanted = false;
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (wanted && !looking.isClosed()) {
      wanted = false;
      // A look that came too late took nothing.
      wanted = !(await lookOnce(looking)) || wanted;
    }
    isRunning = false;
  }

  return () => {
    wanted = true;
    if (!isRunning) void run();
  };
}

async function lookOnce(looking: Looking): Promise<boolean> {
  const { reader, inForce, ports } = looking;
  const inTime = await take(looking, reader, considerFile);
  if (!inTime || inForce.refused() === null) return inTime;
  // The file is of no use, but its forerunner's keys may have been rotated all the same.
  const { text } = inForce.loaded().inputs;
  return take(looking, createReader(text, ports.files), considerKeys);
}

/** Whether nothing else was applied or refused while the files settled. */
async function take(
  looking: Looking,
  reader: Reader,
  consider: (looking: Looking, inputs: Inputs) => void,
): Promise<boolean> {
  const { inForce, inTurn, isClosed, ports } = looking;
  const before = inForce.turns();
  const inputs = await settle({
    clock: ports.clock,
    read: () => reader.read(),
    isKnown: ({ print }) => isInForce(inForce, print) || isRefused(inForce, print),
    inForce: () => inForce.loaded().inputs,
    isClosed,
  });
  if (inputs === null) return true;
  return inTurn(() => {
    if (inForce.turns() !== before) return false;
    consider(looking, inputs);
    return true;
  });
}

function considerFile({ inForce, load, done }: Looking, inputs: Inputs): void {
  if (isRefused(inForce, inputs.print)) return;
  if (isInForce(inForce, inputs.print)) {
    if (inForce.refused() === null) return;
    inForce.restore();
    return done(null);
  }
  let snapshot: Snapshot;
  try {
    snapshot = load(inputs);
  } catch (error) {
    const refusal = error instanceof LLMConfigurationError ? error : unexpected(error);
    inForce.refuse(inputs, refusal);
    return done(refusal.message);
  }
  inForce.apply({ snapshot, inputs }, { fresh: false });
  done(null);
}

function considerKeys({ inForce, load, done }: Looking, inputs: Inputs): void {
  if (isInForce(inForce, inputs.print)) return;
  try {
    inForce.apply({ snapshot: load(inputs), inputs }, { fresh: false, keepsRefused: true });
  } catch {
    // Keys that cannot be used either: what is refused was told, and what is in force stays.
    return;
  }
  done(null);
}

function isInForce(inForce: InForce, print: string): boolean {
  return inForce.loaded().inputs.print === print;
}

function isRefused(inForce: InForce, print: string): boolean {
  return inForce.refused()?.inputs.print === print;
}

// Nobody called: whatever goes wrong has to be told, and must not end the looking.
function unexpected(error: unknown): LLMConfigurationError {
  const kind = error instanceof Error ? error.name : typeof error;
  const hint = "reloadConfiguration() throws it as it is";
  return new LLMConfigurationError("configuration", [
    wholeFileProblem(`loading failed in a way it should not (${kind})`, hint),
  ]);
}
