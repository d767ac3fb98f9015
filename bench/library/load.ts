import type { Block } from "./block.ts";
import type { Plan, Scenario } from "./plan.ts";
import type { Spread } from "./statistics.ts";
import { spreadOf } from "./statistics.ts";
import type { SubjectName } from "./subject.ts";
import type { SubjectProcess } from "./subject-process.ts";
import type { UpstreamProcess } from "./upstream-process.ts";

/** What one subject showed under one load. */
export type LoadRow = {
  readonly subject: SubjectName;
  /** Microseconds a call. */
  readonly processor: Spread;
  /** Microseconds of elapsed time divided by the calls answered in it. */
  readonly wall: Spread;
  /** Against the bare subject's block of the same round. */
  readonly processorRatio: Spread;
  readonly wallRatio: Spread;
  readonly calls: number;
  readonly wrong: number;
  readonly firstWrong: string | null;
  /** Requests the upstream had for each call. */
  readonly requestsACall: number;
};

/** One load and what each subject showed under it. */
export type LoadResult = { readonly scenario: Scenario; readonly rows: readonly LoadRow[] };

/** Everything one subject did under one load, block by block, over all sittings. */
export type Turns = { readonly subject: SubjectName; readonly blocks: Block[]; requests: number };

/** Turns of which none was taken yet. */
export function noTurns(subjects: readonly SubjectName[]): readonly Turns[] {
  return subjects.map((subject) => ({ subject, blocks: [], requests: 0 }));
}

/** Lets the subjects take turns under one load, in one sitting. */
export async function takeTurns(
  { path, inFlight }: Scenario,
  subjects: readonly SubjectProcess[],
  turns: readonly Turns[],
  upstream: UpstreamProcess,
  plan: Plan,
): Promise<void> {
  for (const subject of subjects) {
    await subject.run({ path, inFlight, milliseconds: plan.warmUpMs });
  }
  for (let round = 0; round < plan.rounds; round += 1) {
    // Each round begins with another subject, so that none always follows the same one.
    const start = round % subjects.length;
    for (const subject of [...subjects.slice(start), ...subjects.slice(0, start)]) {
      const turn = turns.find((one) => one.subject === subject.name);
      const before = await upstream.requests();
      turn?.blocks.push(await subject.run({ path, inFlight, milliseconds: plan.blockMs }));
      if (turn !== undefined) turn.requests += (await upstream.requests()) - before;
    }
  }
}

/** What the turns under one load show; the others are compared to the first subject. */
export function resultOf(scenario: Scenario, turns: readonly Turns[]): LoadResult {
  const bare = turns[0]?.blocks ?? [];
  return { scenario, rows: turns.map((turn) => rowOf(turn, bare)) };
}

function rowOf({ subject, blocks, requests }: Turns, bare: readonly Block[]): LoadRow {
  const sum = (figure: (block: Block) => number) =>
    blocks.reduce((total, block) => total + figure(block), 0);
  const calls = sum((block) => block.calls);
  const against = (cost: (block: Block) => number) =>
    spreadOf(
      blocks.flatMap((block, round) => (bare[round] ? [cost(block) / cost(bare[round])] : [])),
    );
  return {
    subject,
    processor: spreadOf(blocks.map(processorMicroseconds)),
    wall: spreadOf(blocks.map(wallMicroseconds)),
    processorRatio: against(processorMicroseconds),
    wallRatio: against(wallMicroseconds),
    calls,
    wrong: sum((block) => block.wrong),
    firstWrong: blocks.find((block) => block.firstWrong !== null)?.firstWrong ?? null,
    requestsACall: requests / calls,
  };
}

function processorMicroseconds({ processorMs, calls }: Block): number {
  return (processorMs * 1_000) / calls;
}

function wallMicroseconds({ wallMs, calls }: Block): number {
  return (wallMs * 1_000) / calls;
}
