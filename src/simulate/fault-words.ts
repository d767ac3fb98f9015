import type { Random } from "../ports.ts";
import type { Turn } from "../lab/index.ts";
import { fault } from "../lab/index.ts";

type Argument = {
  readonly unit: "seconds" | "percent";
  /** What stands where nothing is said; `null`: nothing. */
  readonly usual: number | null;
};

/** A word of the outage language: what a call meets while it holds. */
export type FaultWord = {
  /** For a person: what the provider does. */
  readonly says: string;
  readonly argument: Argument | null;
  turn(argument: number | null, random: Random): Turn;
};

function status(code: number, says: string): FaultWord {
  return { says, argument: null, turn: () => fault.status(code) };
}

/** Every word there is, in the order in which they are told. */
export const faultWords: ReadonlyMap<string, FaultWord> = new Map<string, FaultWord>([
  ["down", { says: "refuses every connection", argument: null, turn: () => fault.refused() }],
  [
    "429",
    {
      says: "limits the rate; `429(30)` also says to come back in 30 s",
      argument: { unit: "seconds", usual: null },
      turn: (seconds) => fault.status(429, seconds === null ? {} : { retryAfter: seconds }),
    },
  ],
  ["500", status(500, "answers with an error of its own")],
  ["503", status(503, "says that it is overloaded")],
  ["401", status(401, "refuses the key")],
  ["402", status(402, "says that the credit is used up")],
  [
    "slow",
    {
      says: "gives its first content after 20 s, or with `slow(45)` after 45 s",
      argument: { unit: "seconds", usual: 20 },
      turn: (seconds) => fault.slowFirstDelta((seconds ?? 0) * 1_000),
    },
  ],
  [
    "silent",
    {
      says: "takes the request and never answers",
      argument: null,
      turn: () => fault.silent(),
    },
  ],
  [
    "cut",
    {
      says: "breaks off in the middle of each answer",
      argument: null,
      turn: () => fault.cut({ deltas: 2 }, "reset"),
    },
  ],
  [
    "flaky",
    {
      says: "answers half of the calls with an error, or with `flaky(30%)` 30 % of them",
      argument: { unit: "percent", usual: 50 },
      turn: (percent, random) =>
        random.next() * 100 < (percent ?? 0) ? fault.status(500) : "well",
    },
  ],
  [
    "empty",
    {
      says: "answers without any content",
      argument: null,
      turn: () => fault.emptyContent(),
    },
  ],
]);
