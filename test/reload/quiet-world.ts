import type { Event, ManagerOptions, Watch } from "../../src/index.ts";
import { LLMConfigManager } from "../../src/index.ts";
import { systemPorts } from "../../src/node/ports.ts";
import { createManualClock } from "../manual-clock.ts";

/** How a world differs from one file, a silent watcher and an observer. */
export type QuietSettings = {
  readonly files?: Readonly<Record<string, string>>;
  readonly options?: ManagerOptions;
  /** Nobody observes: then the process is warned. */
  readonly alone?: boolean;
};

/** A configuration of one provider, told apart by its `max_tokens`. */
export function textOf(mark: number, changes: object = {}, more: object = {}): string {
  const one = {
    api_endpoint: "https://api.deepseek.com/v1/chat/completions",
    api_key: "sk-test-one",
    model_name: "deepseek-flash",
    max_tokens: mark,
  };
  return JSON.stringify({ providers: { one: { ...one, ...changes } }, ...more }, null, 2);
}

/** A manager of files in memory, in a time that a test moves, where no news comes by itself. */
export function quietWorld({ files = {}, options = {}, alone = false }: QuietSettings = {}) {
  const clock = createManualClock();
  const held = new Map(Object.entries({ "llm.json": textOf(1), ...files }));
  const warnings: string[] = [];
  const events: Event[] = [];
  const watches: { readonly paths: readonly string[]; open: boolean }[] = [];
  const tellers = new Set<() => void>();
  const failures = new Set<(reason: unknown) => void>();
  let hold: { readonly released: Promise<void>; readonly reads: "first" | "last" } | null = null;
  const reads = {
    atOnce: 0,
    /** The next reading in the background waits for the returned function: it reads first, or last. */
    holdNext(when: "first" | "last"): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      hold = { released: promise, reads: when };
      return resolve;
    },
  };

  function bytesOf(path: string): Uint8Array {
    const text = held.get(path);
    if (text === undefined) throw Object.assign(new Error("gone"), { code: "ENOENT" });
    return new TextEncoder().encode(text);
  }

  const watch: Watch = (paths, { changed, failed }) => {
    const one = { paths, open: true };
    watches.push(one);
    tellers.add(changed);
    failures.add(failed);
    return () => {
      one.open = false;
      tellers.delete(changed);
    };
  };
  const readSync = (path: string) => {
    reads.atOnce += 1;
    return bytesOf(path);
  };
  const read = async (path: string) => {
    const waited = hold;
    hold = null;
    const before = waited?.reads === "first" ? bytesOf(path) : null;
    await waited?.released;
    return before ?? bytesOf(path);
  };
  const reading = { readSync, read };
  const warn = (message: string) => void warnings.push(message);
  const manager = new LLMConfigManager("llm.json", {
    ...(!alone && { observers: [(event: Event) => void events.push(event)] }),
    ...options,
    ports: { ...systemPorts(), clock, files: reading, watch, warn, ...options.ports },
  });

  /** Everything that can happen without time passing. */
  async function rest(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(0);
  }

  /** Time passes, a hundredth of a second at a time, so that what is read is read in between. */
  async function pass(ms: number): Promise<void> {
    await rest();
    for (let over = 0; over < ms; over += 10) {
      clock.advance(10);
      await rest();
    }
  }

  /** The system says that files have changed. */
  const news = () => tellers.forEach((tell) => tell());
  const told = () => events.map(({ type }) => type.replace("configuration-", ""));
  const mark = () => manager.getProviderConfig("one")?.maxTokens;
  const ways = { rest, pass, news, told, mark };
  return { manager, clock, held, events, warnings, watches, failures, reads, ...ways };
}
