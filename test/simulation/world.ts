import { LLMConfigManager } from "../../src/index.ts";
import type { Event } from "../../src/index.ts";
import type { MemoryLab } from "../../src/lab/index.ts";
import { memoryTransport } from "../../src/lab/index.ts";
import { systemPorts } from "../../src/node/ports.ts";
import type { Backend } from "./backends.ts";
import { drawBackends, drawScript, longestAnswerMs, replyOf, stillBroken } from "./backends.ts";
import { ask, drawIntent, drawPatient } from "./caller.ts";
import type { Intent } from "./caller.ts";
import type { Chance } from "./chance.ts";
import { chanceFrom } from "./chance.ts";
import type { Drawn, Entry } from "./configurations.ts";
import { drawBroken, drawChange, drawConfiguration } from "./configurations.ts";
import { healedConfiguration, maxAttemptsOf, textOf } from "./configurations.ts";
import { longestRestMs } from "./longest-rest.ts";
import { drawNarrow } from "./narrow.ts";
import type { Pinned, Reloaded, Story, Told } from "./story.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import { createVirtualClock } from "./virtual-clock.ts";

type World = {
  readonly chance: Chance;
  readonly sideChance: Chance;
  readonly clock: VirtualClock;
  readonly lab: MemoryLab;
  readonly backends: readonly Backend[];
  readonly manager: LLMConfigManager;
  readonly original: Drawn;
  readonly events: Event[];
  readonly told: Told[];
  readonly reloads: Reloaded[];
  /** The configuration in force, as far as the world knows, and the text of the file. */
  inForce: Drawn;
  version: number;
  file: string | null;
};

/** Lives one world to its end: providers, faults, load, callers and reloads all from the seed. */
export async function live(seed: number): Promise<Story> {
  const world = createWorld(seed);
  const { chance, clock, lab, backends, manager, told, events, reloads } = world;
  const core = drawCore(chance, world.original);
  const healing = { healedAt: NaN, wellBy: NaN, currentAfterOne: null };
  const left = { timers: -1, exchanges: -1 };
  for (const backend of backends) lab.script(backend.name, drawScript(chance, clock, backend));
  const finished = tell(world, core, healing, left);
  finished.catch(() => {});
  await clock.live();
  // A world that came to rest before its story was told keeps its callers waiting for ever.
  await Promise.race([finished, Promise.resolve()]);
  const first = world.original.entries[0]?.name ?? "";
  const mode = (entry: Entry) => entry.backend.mode === "well" && entry.honest && !entry.limit;
  const steadyMs = (entry: Entry) =>
    mode(entry) && !("account" in entry.settings) ? longestAnswerMs(entry.backend) : null;
  const backendOf = (name: string) => name.replace(/_again\d+$/u, "");
  const reply = (name: string, number: number) => replyOf(backendOf(name), number);
  const facts = { seed, told, events, reloads, lab, clock, manager, healing, first, left };
  return { ...facts, steadyMs, replyOf: reply };
}

function createWorld(seed: number): World {
  const chance = chanceFrom(seed);
  const clock = createVirtualClock();
  const backends = drawBackends(chance);
  const lab = memoryTransport({ providers: labSettings(backends) }, clock, chance);
  // Drawn apart, so that the worlds are otherwise what they were before there were routes.
  const sideChance = chanceFrom(seed + 1_000_000_000);
  const original = drawConfiguration(chance, lab, backends, drawNarrow(sideChance));
  const events: Event[] = [];
  const parts = { chance, sideChance, clock, lab, backends, original, events };
  const state = { inForce: original, version: 1, file: textOf(original) as string | null };
  const bytes = () => {
    if (state.file === null) throw Object.assign(new Error("no file"), { code: "ENOENT" });
    return new TextEncoder().encode(state.file);
  };
  const files = {
    readSync: bytes,
    read: async () => {
      await new Promise<void>((resolve) => clock.setTimer(chance.whole(0, 50), resolve));
      return bytes();
    },
  };
  const manager = new LLMConfigManager("providers.json", {
    observers: [(event) => void events.push(event)],
    watch: false,
    ports: { ...systemPorts(), clock, random: chance, transport: lab, files },
  });
  return Object.assign(state, { ...parts, manager, told: [], reloads: [] });
}

function labSettings(backends: readonly Backend[]) {
  type Asked = { readonly messages: readonly { readonly text: string }[] };
  const entries = backends.map(({ name, vendor, latencyMs, deltaMs }) => {
    const reply = ({ messages }: Asked) =>
      replyOf(name, Number(/number (\d+)/u.exec(messages.at(-1)?.text ?? "")?.[1]));
    return [name, { vendor, reply, latencyMs, deltaMs }] as const;
  });
  return Object.fromEntries(entries);
}

function drawCore(chance: Chance, { entries }: Drawn): ReadonlySet<string> {
  const others = entries.slice(1).filter(() => chance.flip(0.5));
  return new Set([...entries.slice(0, 1), ...others].map(({ name }) => name));
}

async function tell(
  world: World,
  core: ReadonlySet<string>,
  healing: Story["healing"],
  left: Story["left"],
): Promise<void> {
  const { chance, clock, lab, manager, events } = world;
  const crowd = Array.from({ length: chance.whole(5, 40) }, () => at(world, crowded(chance)));
  const changes = chance.flip(0.4) ? chance.whole(1, 5) : 0;
  await Promise.all([...crowd, reloadNowAndThen(world, changes)]);
  heal(world, core);
  await reload(world, healedConfiguration(lab, world.original, core), true);
  healing.healedAt = clock.now();
  const restMs = longestRestMs(events);
  healing.wellBy = healing.healedAt + restMs;
  const healers = Array.from({ length: chance.whole(0, 4) }, () =>
    at(world, { afterMs: chance.whole(0, restMs), ...drawIntent(chance, "healing") }),
  );
  await Promise.all([...healers, later(clock, restMs + 1)]);
  await at(world, { afterMs: 0, ...drawPatient(chance) });
  healing.currentAfterOne = manager.getProviderStatus().current;
  const rest = Array.from({ length: chance.whole(2, 8) }, () =>
    at(world, { afterMs: chance.pick([0, 0, chance.whole(0, 30_000)]), ...drawPatient(chance) }),
  );
  await Promise.all(rest);
  // A tick later the observers have been told, and nothing else may be waiting.
  clock.setTimer(1, () => {
    Object.assign(left, { timers: clock.pending(), exchanges: lab.openExchanges() });
  });
}

// Some come all at once.
function crowded(chance: Chance): Intent & { readonly afterMs: number } {
  const afterMs = chance.flip(0.2) ? 30_000 : chance.whole(0, 120_000);
  return { afterMs, ...drawIntent(chance, "safety") };
}

function heal({ chance, lab, backends, original }: World, core: ReadonlySet<string>): void {
  for (const backend of backends) {
    const chosen = original.entries.some((one) => one.backend === backend && core.has(one.name));
    if (chosen) lab.heal(backend.name);
    else lab.script(backend.name, { always: stillBroken(chance) });
  }
}

function later(clock: VirtualClock, delayMs: number): Promise<void> {
  return new Promise((resolve) => void clock.setTimer(delayMs, resolve));
}

async function at(world: World, { afterMs, ...intent }: Intent & { readonly afterMs: number }) {
  const { clock, manager, told, sideChance } = world;
  await later(clock, afterMs);
  const { inForce, version } = world;
  const { retry } = inForce.failover;
  const about = { retry, version, entries: inForce.entries, maxAttempts: maxAttemptsOf(inForce) };
  const takesNarrow = intent.phase !== "healed" && sideChance.flip(0.3);
  const pinned: Pinned = { ...about, narrow: takesNarrow ? inForce.narrow : null };
  await ask(manager, clock, intent, pinned, told);
}

// One after the other, as a person would: each file is read before the next is written.
async function reloadNowAndThen(world: World, count: number): Promise<void> {
  const { chance, clock, lab } = world;
  for (let done = 0; done < count; done += 1) {
    await later(clock, chance.whole(0, 40_000));
    const good = chance.flip(0.7);
    await reload(world, drawChange(chance, lab, world.inForce, world.original), good);
  }
}

async function reload(world: World, next: Drawn, good: boolean): Promise<void> {
  const { chance, manager, reloads } = world;
  const text = good ? textOf(next) : drawBroken(chance, next);
  const one: Reloaded = { good, error: null };
  reloads.push(one);
  world.file = text;
  try {
    await manager.reloadConfiguration();
    world.inForce = next;
    world.version += 1;
  } catch (error) {
    one.error = error;
  }
}
