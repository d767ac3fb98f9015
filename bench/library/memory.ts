import type { Plan } from "./plan.ts";
import type { SubjectName } from "./subject.ts";
import { startSubject } from "./subject-process.ts";
import type { Upstream } from "./upstream-process.ts";

/** The most memory a fresh process held while it was busy, in bytes, and after how many calls. */
export type MemoryRow = {
  readonly subject: SubjectName;
  readonly peakBytes: number;
  readonly calls: number;
};

/** How many calls are in flight while memory is looked at. */
export const memoryInFlight = 64;

/** Keeps each subject busy in a fresh process and reads its peak. */
export async function measureMemory(
  script: string,
  names: readonly SubjectName[],
  upstream: Upstream,
  plan: Plan,
): Promise<readonly MemoryRow[]> {
  const rows: MemoryRow[] = [];
  for (const name of names) {
    const subject = await startSubject(script, name, upstream);
    const order = {
      path: "answer",
      inFlight: memoryInFlight,
      milliseconds: plan.memoryMs,
    } as const;
    const { calls } = await subject.run(order);
    rows.push({ subject: name, peakBytes: subject.peakBytes(), calls });
    subject.stop();
  }
  return rows;
}
