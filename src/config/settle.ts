import type { Clock } from "../ports.ts";
import type { Inputs } from "./inputs.ts";
import { isThere } from "./inputs.ts";

/** How long files must hold the same before they are taken for finished, in milliseconds. */
export const quietMs = 100;

/** How long a file may be away or empty before that is told, in milliseconds. */
export const awayMs = 2_000;

/** What is told apart while files settle. */
export type Settling = {
  readonly clock: Clock;
  readonly read: () => Promise<Inputs>;
  /** Whether what was read needs no waiting for: what came of it is known. */
  readonly isKnown: (inputs: Inputs) => boolean;
  /** Those in force: what was away then may be away now. */
  readonly inForce: () => Inputs;
  readonly isClosed: () => boolean;
};

/** The inputs once nobody is writing them: two readings in a row agree. `null`: it was closed. */
export async function settle(settling: Settling): Promise<Inputs | null> {
  const { clock, read, isKnown, inForce, isClosed } = settling;
  let seen = await read();
  let since = clock.now();
  while (!isKnown(seen)) {
    await pause(clock, quietMs);
    if (isClosed()) return null;
    const now = await read();
    if (now.print !== seen.print) {
      since = clock.now();
      seen = now;
      continue;
    }
    if (isWhole(seen, inForce()) || clock.now() - since >= awayMs) return seen;
  }
  return isClosed() ? null : seen;
}

function isWhole({ text, keyFiles }: Inputs, inForce: Inputs): boolean {
  const away = [...keyFiles].filter(([, reading]) => !isThere(reading));
  return isThere(text) && away.every(([path]) => wasAway(path, inForce));
}

function wasAway(path: string, { keyFiles }: Inputs): boolean {
  const before = keyFiles.get(path);
  return before !== undefined && !isThere(before);
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.setTimer(ms, resolve, true));
}
