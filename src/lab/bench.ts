import type { Clock, Random } from "../ports.ts";
import { asksForModels } from "./model-list.ts";
import { play } from "./play.ts";
import { recordOf, type LabRecord } from "./record.ts";
import { playScript, type Script, type ScriptPlayer } from "./script.ts";
import type { LabProvider } from "./provider.ts";
import type { LabReply } from "./reply.ts";
import type { LabRequest } from "./request.ts";

/** What one provider has met so far. */
export type LabTally = {
  readonly requests: number;
  /** By the type of the fault; those that met none are "well". */
  readonly turns: Readonly<Record<string, number>>;
  readonly aborted: number;
};

/** One request at one simulated provider. */
export type LabExchange = { readonly reply: LabReply; readonly record: LabRecord };

/** Simulated providers and what happens to them, whatever carries their bytes. */
export type Bench = {
  readonly providers: ReadonlyMap<string, LabProvider>;
  /** The last requests, oldest first. */
  readonly records: readonly LabRecord[];
  scriptOf(provider: string): ScriptPlayer;
  exchange(provider: string, request: LabRequest): LabExchange;
  tally(provider: string): LabTally;
};

const recordsMax = 10_000;

/** Providers that are all well until their scripts say otherwise. */
export function createBench(
  providers: readonly LabProvider[],
  scripts: Readonly<Record<string, Script>>,
  outside: { readonly clock: Clock; readonly random: Random },
): Bench {
  const byName = new Map(providers.map((provider) => [provider.name, provider]));
  const players = new Map(
    providers.map(({ name }) => [name, playScript(scripts[name] ?? [])] as const),
  );
  const records: LabRecord[] = [];
  return {
    providers: byName,
    records,
    scriptOf: (name) => known(players, name),
    exchange(name, request) {
      const provider = known(byName, name);
      const player = known(players, name);
      const turn = asksForModels(request) ? "well" : player.next(request, outside.random);
      const type = turn === "well" ? turn : turn.type;
      const record = recordOf(outside.clock.now(), provider, request, type);
      if (records.push(record) > recordsMax) records.shift();
      return { reply: play(provider, request, turn, outside), record };
    },
    tally(name) {
      const mine = records.filter(({ provider }) => provider === name);
      const turns: Record<string, number> = {};
      for (const { turn } of mine) turns[turn] = (turns[turn] ?? 0) + 1;
      const aborted = mine.filter((record) => record.aborted).length;
      return { requests: mine.length, turns, aborted };
    },
  };
}

function known<T>(map: ReadonlyMap<string, T>, name: string): T {
  const found = map.get(name);
  if (found !== undefined) return found;
  throw new Error(`The lab has no provider ${JSON.stringify(name)}.`);
}
