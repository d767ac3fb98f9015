import type { Path, Subject } from "./subject.ts";
import { answerText, streamText } from "./upstream-answer.ts";

/** A stretch of calls of one kind, a number of them in flight at any moment. */
export type BlockOrder = {
  readonly path: Path;
  readonly inFlight: number;
  readonly milliseconds: number;
};

/** What a block came to; times are of the whole block, in milliseconds. */
export type Block = {
  readonly calls: number;
  /** Calls that did not return exactly the right text. */
  readonly wrong: number;
  /** What the first of them gave instead. */
  readonly firstWrong: string | null;
  /** Of the subject's process: all its threads, user and system. */
  readonly processorMs: number;
  readonly wallMs: number;
};

const expected = { answer: answerText, failover: answerText, stream: streamText } as const;
let asked = 0;

/** Calls a subject until the time is over, and waits for the last answers. */
export async function runBlock(subject: Subject, order: BlockOrder): Promise<Block> {
  const { path, inFlight, milliseconds } = order;
  let calls = 0;
  let wrong = 0;
  let firstWrong: string | null = null;
  const processor = process.cpuUsage();
  const begin = performance.now();

  async function lane(): Promise<void> {
    do {
      asked += 1;
      calls += 1;
      const question = `question ${asked}`;
      const text = await subject[path](question).catch(
        (error: unknown) => `threw ${String(error)}`,
      );
      if (text === expected[path](question)) continue;
      wrong += 1;
      firstWrong ??= text.slice(0, 200);
    } while (performance.now() - begin < milliseconds);
  }

  await Promise.all(Array.from({ length: inFlight }, lane));
  const wallMs = performance.now() - begin;
  const { user, system } = process.cpuUsage(processor);
  return { calls, wrong, firstWrong, processorMs: (user + system) / 1_000, wallMs };
}
