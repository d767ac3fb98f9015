import { LLMConfigManager, type Clock, type Observer, type Random } from "standin";
import { memoryTransport, type LabAsk, type LabSettings, type MemoryLab } from "standin/lab";

/** SIMULATED providers in memory, and a manager that knows no others. */
export type SimulatedProviders = { readonly lab: MemoryLab; readonly manager: LLMConfigManager };

/** How the simulated providers are. */
export type SimulatedSettings = {
  /** What a model says; by provider, where they differ. */
  readonly reply: (ask: LabAsk, provider: string) => string;
  /** How long an answer takes, in milliseconds. */
  readonly latencyMs?: number;
  /** The top of the manager's configuration, beside providers and routes. */
  readonly failover?: object;
  /** In US dollars for a million tokens. */
  readonly pricing?: { readonly input: number; readonly output: number };
  readonly observers?: readonly Observer[];
};

/** Their names say what they are: they stand in every entry they write. */
export const simulatedNames = ["sim-qwen", "sim-deepseek"] as const;

const usualFailover = { retry: "switch_first", circuit_breaker: { open_max: 60 } };

/** Two simulated providers of different vendors, on a clock and with chance of your own. */
export function simulatedProviders(
  settings: SimulatedSettings,
  clock: Clock,
  random: Random,
): SimulatedProviders {
  const { reply, latencyMs = 900 } = settings;
  const provider = (
    name: string,
    vendor: "qwen" | "deepseek",
  ): NonNullable<LabSettings["providers"]> => ({
    [name]: { vendor, latencyMs, reply: (ask) => reply(ask, name) },
  });
  const [first, second] = simulatedNames;
  const providers = { ...provider(first, "qwen"), ...provider(second, "deepseek") };
  const lab = memoryTransport({ providers }, clock, random);
  const written = Object.entries(lab.configuration(first, second).providers);
  const house = { max_tokens: 300, retry_attempts: 2 };
  const prices = settings.pricing === undefined ? {} : { pricing: settings.pricing };
  const manager = LLMConfigManager.from(
    {
      providers: Object.fromEntries(
        written.map(([name, entry]) => [name, { ...entry, ...house, ...prices }]),
      ),
      failover: settings.failover ?? usualFailover,
      routes: { diary_writing: { providers: [first, second] } },
    },
    { ports: { clock, random, transport: lab }, observers: settings.observers ?? [() => {}] },
  );
  return { lab, manager };
}
