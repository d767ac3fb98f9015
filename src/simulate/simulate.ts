import type { ChatRequest, Files } from "../index.ts";
import { LLMConfigManager } from "../index.ts";
import { seededRandom } from "../lab/index.ts";
import { disguise } from "./disguise.ts";
import { openHouse } from "./house.ts";
import type { Arrival, Load } from "./load.ts";
import { arrivals } from "./load.ts";
import type { Outage } from "./outage.ts";
import { createRecorder } from "./recorder.ts";
import type { Story } from "./story.ts";
import { createVirtualClock } from "./virtual-clock.ts";

/** What is played: the text of a configuration without errors, what goes wrong, who asks. */
export type Plot = {
  readonly text: string;
  readonly outages: readonly Outage[];
  readonly load: Load;
  readonly seed: number;
  /** How long one answer of a provider that is well takes; realistic where it is left out. */
  readonly answerMs?: (random: { next(): number }) => number;
};

const configurationFile = "the simulated configuration";
const simulatedKey = "sk-simulated";

/** An environment in which every variable holds a simulated key. */
export const simulatedEnvironment = { get: () => simulatedKey } as const;

/** Files every one of which holds a simulated key; nothing is read. */
export const simulatedFiles: Files = filesOf(simulatedKey);

/** Plays a configuration in virtual time: the real engine, simulated providers, no network. */
export async function simulate(plot: Plot, signal?: AbortSignal): Promise<Story> {
  const clock = createVirtualClock();
  const startedAt = clock.now();
  const text = disguise(plot.text);
  const files = filesOf(simulatedKey, text);
  const transport = {
    send: (...sent: Parameters<typeof house.send>) => house.send(...sent),
    retain: () => {},
    close: () => house.close(),
  };
  const environment = simulatedEnvironment;
  const random = seededRandom(plot.seed);
  const ports = { clock, random, files, environment, transport, warn: () => {} };
  const manager = new LLMConfigManager(configurationFile, { ports, watch: false });
  const house = openHouse({
    describe: (name) => manager.getProviderConfig(name),
    names: Object.keys(manager.getProviderStatus().providers),
    outages: plot.outages,
    ...{ clock, random: seededRandom(plot.seed + 1_000_003) },
    ...(plot.answerMs === undefined ? {} : { answerMs: plot.answerMs }),
  });
  const recorder = createRecorder(startedAt, () => leftBy(manager));
  manager.subscribe(recorder.observe);
  const load = arrivalsOf(plot);
  const arrive = (): void => {
    const { value: next, done } = load.next();
    if (done === true || signal?.aborted === true) return;
    clock.setTimer(startedAt + next.atMs - clock.now(), () => {
      arrive();
      void ask(manager, next.stream);
    });
  };
  arrive();
  await clock.live();
  signal?.throwIfAborted();
  return { ...recorder.story(), providers: settingsOf(manager) };
}

/** The requests of a plot: the same ones for the same load and seed, whoever answers. */
export function arrivalsOf({ load, seed }: Pick<Plot, "load" | "seed">): Generator<Arrival> {
  return arrivals(load, seededRandom(seed + 2_000_003));
}

/** Asks as a caller does, and takes whatever comes. */
export async function ask(manager: LLMConfigManager, stream: boolean): Promise<void> {
  const request: ChatRequest = { messages: [{ role: "user", content: "Say something." }] };
  try {
    if (!stream) await manager.generate(request);
    else for await (const _delta of manager.stream(request));
  } catch {
    // The events tell why.
  }
}

/** Who is enabled and has a key, and is not usable at this moment. */
export function leftBy(manager: LLMConfigManager): readonly string[] {
  return Object.entries(manager.getProviderStatus().providers).flatMap(([name, status]) =>
    status.enabled && status.configured && !status.usable ? [name] : [],
  );
}

function settingsOf(manager: LLMConfigManager): Story["providers"] {
  const all = Object.entries(manager.getProviderStatus().providers);
  return Object.fromEntries(
    all.map(([name, { enabled, configured }]) => {
      const timeoutSeconds = manager.getProviderConfig(name)?.timeout ?? 0;
      return [name, { timeoutSeconds, usable: enabled && configured }] as const;
    }),
  );
}

function filesOf(key: string, configuration?: string): Files {
  const encoder = new TextEncoder();
  const readSync = (path: string) =>
    encoder.encode(path === configurationFile ? (configuration ?? key) : key);
  return { readSync, read: (path) => Promise.resolve(readSync(path)) };
}
