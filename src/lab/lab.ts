import { createBench, type LabTally } from "./bench.ts";
import { endpointsOf, type LabEndpoints } from "./endpoints.ts";
import { httpClock } from "./http-clock.ts";
import { listen, type Listener } from "./http-listener.ts";
import { seededRandom } from "./seeded-random.ts";
import { providersOf, type LabSettings } from "./settings.ts";
import { configurationOf, type LabConfiguration } from "./configuration.ts";
import type { LabRecord } from "./record.ts";
import type { Script } from "./script.ts";

/** Simulated providers that listen on loopback. */
export type Lab = {
  /** By name: where each listens, and the key it takes. */
  readonly providers: Readonly<Record<string, LabEndpoints>>;
  readonly qwen: LabEndpoints;
  readonly deepseek: LabEndpoints;
  readonly openai: LabEndpoints;
  /** The last requests that arrived, oldest first, keys masked. */
  readonly requests: readonly LabRecord[];
  /** A configuration of these providers, as the manager reads it. */
  configuration(...names: readonly string[]): LabConfiguration;
  /** From now on requests to this provider meet this. */
  script(provider: string, script: Script): Promise<void>;
  /** From now on this provider is well; without a name, all are. */
  heal(provider?: string): Promise<void>;
  tally(provider: string): LabTally;
  /** Connections open now, idle ones included, at one provider or at all. */
  openConnections(provider?: string): number;
  /** Requests that have arrived and are not at their end, at one provider or at all. */
  openExchanges(provider?: string): number;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts simulated providers on 127.0.0.1, each on a port of its own. */
export async function startLab(settings: LabSettings = {}): Promise<Lab> {
  const outside = { clock: httpClock, random: seededRandom(1) };
  const list = providersOf(settings);
  const bench = createBench(list, settings.scripts ?? {}, outside);
  const listeners = new Map(
    await Promise.all(
      list.map(async ({ name }) => [name, await listen(name, bench, httpClock)] as const),
    ),
  );
  const endpoints = Object.fromEntries(
    list.map((provider) => {
      const port = listeners.get(provider.name)?.port ?? 0;
      return [provider.name, endpointsOf(provider, `http://127.0.0.1:${port}`)];
    }),
  );
  const close = async (): Promise<void> => {
    await Promise.all([...listeners.values()].map((listener) => listener.close()));
  };
  const script = async (name: string, next: Script): Promise<void> => {
    bench.scriptOf(name).replace(next);
    await listeners.get(name)?.follow();
  };
  const total = (name: string | undefined, count: (listener: Listener) => number): number =>
    [...listeners]
      .filter(([each]) => name === undefined || each === name)
      .reduce((sum, [, listener]) => sum + count(listener), 0);
  const firstOf = (vendor: string): LabEndpoints => {
    const found = list.find((provider) => provider.vendor === vendor);
    if (found === undefined) throw new Error(`This lab has no provider of ${vendor}.`);
    return endpoints[found.name] as LabEndpoints;
  };
  return {
    providers: endpoints,
    get qwen() {
      return firstOf("qwen");
    },
    get deepseek() {
      return firstOf("deepseek");
    },
    get openai() {
      return firstOf("openai");
    },
    requests: bench.records,
    configuration: (...names) => configurationOf(list, endpoints, names),
    script,
    async heal(name) {
      for (const each of name === undefined ? bench.providers.keys() : [name])
        await script(each, []);
    },
    tally: (name) => bench.tally(name),
    openConnections: (name) => total(name, (listener) => listener.connections()),
    openExchanges: (name) => total(name, (listener) => listener.exchanges()),
    close,
    [Symbol.asyncDispose]: close,
  };
}
