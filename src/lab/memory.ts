import type { Clock, Random, Transport } from "../ports.ts";
import { createBench } from "./bench.ts";
import { configurationOf, type LabConfiguration } from "./configuration.ts";
import { endpointsOf, type LabEndpoints } from "./endpoints.ts";
import { exchangeInMemory } from "./memory-exchange.ts";
import { providersOf, type LabSettings } from "./settings.ts";
import type { Lab } from "./lab.ts";
import type { LabRequest } from "./request.ts";
import type { Script } from "./script.ts";

/** A lab without sockets: a transport that plays the same replies on a clock of your own. */
export type MemoryLab = Transport &
  Pick<Lab, "providers" | "requests" | "tally"> & {
    configuration(...names: readonly string[]): LabConfiguration;
    script(provider: string, script: Script): void;
    /** Without a name, all are well again. */
    heal(provider?: string): void;
    /** Exchanges that have begun and are not at their end, at one provider or at all. */
    openExchanges(provider?: string): number;
  };

/** The providers of these settings, reached by their addresses and by no network. */
export function memoryTransport(settings: LabSettings, clock: Clock, random: Random): MemoryLab {
  const list = providersOf(settings);
  const bench = createBench(list, settings.scripts ?? {}, { clock, random });
  const open = new Map<AbortController, string>();
  const origins = list.map((_, index) => `http://127.0.0.1:${50_001 + index}`);
  const endpoints: Readonly<Record<string, LabEndpoints>> = Object.fromEntries(
    list.map((provider, index) => [provider.name, endpointsOf(provider, origins[index] ?? "")]),
  );
  let closed = false;
  const forget = new Map<string, () => void>();

  function follow(name: string): void {
    forget.get(name)?.();
    forget.delete(name);
    const turn = bench.scriptOf(name).peek();
    if (turn === null || turn === "well" || turn.type !== "refused") return;
    if (turn.forMs === undefined) return;
    const cancel = clock.setTimer(turn.forMs, () => bench.scriptOf(name).skip());
    forget.set(name, cancel);
  }

  function script(name: string, next: Script): void {
    bench.scriptOf(name).replace(next);
    follow(name);
  }

  for (const { name } of list) follow(name);
  return {
    send(request, { signal, connected }) {
      const url = new URL(request.url);
      const name = list[origins.indexOf(url.origin)]?.name;
      if (closed || name === undefined) return Promise.reject(new Error("nobody listens here"));
      const cut = new AbortController();
      open.set(cut, name);
      const either = AbortSignal.any([signal, cut.signal]);
      const begin = (): ReturnType<typeof bench.exchange> => {
        const exchange = bench.exchange(name, readRequest(request, url));
        if (!forget.has(name)) follow(name);
        return exchange;
      };
      const hearing = { signal: either, connected };
      return exchangeInMemory(begin, clock, hearing, () => void open.delete(cut));
    },
    retain() {},
    close() {
      closed = true;
      for (const cancel of forget.values()) cancel();
      for (const cut of [...open.keys()]) cut.abort(new Error("the transport is closed"));
      return Promise.resolve();
    },
    providers: endpoints,
    requests: bench.records,
    configuration: (...names) => configurationOf(list, endpoints, names),
    script,
    heal(name) {
      for (const each of name === undefined ? bench.providers.keys() : [name]) script(each, []);
    },
    tally: (name) => bench.tally(name),
    openExchanges: (name) =>
      [...open.values()].filter((each) => name === undefined || each === name).length,
  };
}

type Sent = Parameters<Transport["send"]>[0];

function readRequest({ method, headers, body }: Sent, url: URL): LabRequest {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const named = Object.fromEntries(lower) as Record<string, string>;
  return { method, path: url.pathname + url.search, headers: named, body };
}
