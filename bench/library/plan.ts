import type { BlockOrder } from "./block.ts";

/** How much is measured. */
export type Plan = {
  /** How often all processes are started anew: one alone can be lucky with its compiler. */
  readonly sittings: number;
  /** How often the subjects take turns in one scenario of one sitting. */
  readonly rounds: number;
  /** The length of one turn. */
  readonly blockMs: number;
  /** The length of each subject's unmeasured first turn in a scenario. */
  readonly warmUpMs: number;
  /** The same in the first scenario, where all is still to be compiled. */
  readonly firstWarmUpMs: number;
  /** How often each subject's process is started anew for the time to its first call. */
  readonly starts: number;
  /** How long each subject is kept busy for its peak of memory. */
  readonly memoryMs: number;
  /** How often each decision is taken for its cost. */
  readonly decisions: number;
};

/** The plan of a run whose figures are meant. */
export const fullPlan: Plan = {
  sittings: 5,
  rounds: 6,
  blockMs: 150,
  warmUpMs: 700,
  firstWarmUpMs: 2_000,
  starts: 15,
  memoryMs: 4_000,
  decisions: 100_000,
};

/** The plan of a run that only shows that everything works. */
export const quickPlan: Plan = {
  sittings: 1,
  rounds: 2,
  blockMs: 20,
  warmUpMs: 20,
  firstWarmUpMs: 100,
  starts: 1,
  memoryMs: 200,
  decisions: 2_000,
};

/** One kind of load. */
export type Scenario = Omit<BlockOrder, "milliseconds"> & { readonly title: string };

/** Every kind of load, in the order in which it is measured. */
export const scenarios: readonly Scenario[] = [
  ...[1, 64, 256].map((inFlight) => scenario("answer", inFlight, "first provider well")),
  ...[1, 64, 256].map((inFlight) => scenario("failover", inFlight, "first provider answers 500")),
  ...[1, 16].map((inFlight) => scenario("stream", inFlight, "stream of 1,000 chunks")),
];

function scenario(path: Scenario["path"], inFlight: number, what: string): Scenario {
  return { path, inFlight, title: `${what}, ${inFlight} in flight` };
}
