import type { Event } from "../src/index.ts";
import { LLMConfigManager } from "../src/index.ts";
import type { LabSettings, MemoryLab } from "../src/lab/index.ts";
import { memoryTransport } from "../src/lab/index.ts";
import { systemPorts } from "../src/node/ports.ts";
import { chanceFrom } from "./simulation/chance.ts";
import { createVirtualClock } from "./simulation/virtual-clock.ts";

/** How a provider's entry differs from what the lab writes, by its name; `failover` as it is. */
export type Changes = {
  readonly entries?: Readonly<Record<string, object>>;
  readonly failover?: object;
  readonly routes?: object;
  /** Whatever else the file says, in the older form too. */
  readonly rest?: object;
  readonly seed?: number;
};

/** Providers of the lab in virtual time, all of them, in the lab's order. */
export function labWorld(settings: LabSettings, changes: Changes = {}) {
  const { entries, failover, routes, rest, seed = 1 } = changes;
  const clock = createVirtualClock();
  const chance = chanceFrom(seed);
  const lab: MemoryLab = memoryTransport(settings, clock, chance);
  const written = Object.entries(lab.configuration(...Object.keys(lab.providers)).providers);
  const providers = Object.fromEntries(
    written.map(([name, entry]) => [name, { ...entry, ...entries?.[name] }]),
  );
  const events: Event[] = [];
  const manager = LLMConfigManager.from(
    {
      providers,
      ...(failover === undefined ? {} : { failover }),
      ...(routes === undefined ? {} : { routes }),
      ...rest,
    },
    {
      ports: { ...systemPorts(), clock, random: chance, transport: lab },
      observers: [(event) => void events.push(event)],
    },
  );

  /** Lives on until nothing is left to happen; what the promise came to. */
  async function play<T>(promise: Promise<T>): Promise<T> {
    promise.catch(() => {});
    await clock.live();
    return promise;
  }
  const pass = (ms: number) => play(new Promise<void>((over) => void clock.setTimer(ms, over)));
  return { lab, manager, events, clock, chance, play, pass };
}
