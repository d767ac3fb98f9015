import type { Answer, Event, LLMProviderError } from "../../src/index.ts";
import { LLMConfigManager } from "../../src/index.ts";
import type { Fault, LabVendor, MemoryLab, Turn } from "../../src/lab/index.ts";
import { fault, faultBodies, memoryTransport, transportFaults } from "../../src/lab/index.ts";
import { systemPorts } from "../../src/node/ports.ts";
import type { Chance } from "./chance.ts";
import { chanceFrom } from "./chance.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import { createVirtualClock } from "./virtual-clock.ts";

/** One request as its caller saw it. */
export type Told = {
  readonly number: number;
  readonly startedAt: number;
  readonly deadlineMs: number;
  readonly stream: boolean;
  readonly cancelled: boolean;
  /** The text that reached a stream's reader. */
  seen: string;
  ends: number;
  endedAt: number;
  answer: Answer | null;
  error: LLMProviderError | null;
};

/** All that is known of one world when nothing more can happen in it. */
export type Story = {
  readonly seed: number;
  readonly told: readonly Told[];
  readonly events: readonly Event[];
  readonly lab: MemoryLab;
  readonly clock: VirtualClock;
  readonly manager: LLMConfigManager;
  /** What every request may do at most. */
  readonly maxAttempts: number;
  readonly retryAttempts: Readonly<Record<string, number>>;
  /** Timers and exchanges that were left a moment after the last request had ended. */
  readonly left: { timers: number; exchanges: number };
  /** What a provider answers to a request's number when it is well. */
  readonly replyOf: (provider: string, number: number) => string;
};

const vendors: readonly LabVendor[] = ["qwen", "deepseek", "openai"];

/** Every fault there is, before and after the first content. */
const faultsOf = (vendor: LabVendor): readonly Fault[] =>
  [...faultBodies, ...transportFaults]
    .filter((row) => row.vendor === vendor)
    .flatMap(({ before, after }) => (after === null ? [before] : [before, after]));

function replyOf(provider: string, number: number): string {
  const words = Array.from({ length: 3 + (number % 9) }, (_, index) => `word${index}`).join(" ");
  return `(simulated) ${provider} answers ${number}: ${words}.`;
}

/** Lives one world to its end: providers, faults, load and callers all from the seed. */
export async function live(seed: number): Promise<Story> {
  const chance = chanceFrom(seed);
  const clock = createVirtualClock();
  const lab = memoryTransport({ providers: drawProviders(chance) }, clock, chance);
  const names = Object.keys(lab.providers);
  for (const name of names) lab.script(name, drawScript(chance, vendorOf(name)));
  const events: Event[] = [];
  const configuration = drawConfiguration(chance, lab, names);
  const manager = LLMConfigManager.from(configuration, {
    observers: [(event) => void events.push(event)],
    ports: { ...systemPorts(), clock, random: chance, transport: lab },
  });
  const told: Told[] = [];
  const left = { timers: -1, exchanges: -1 };
  const count = chance.whole(5, 40);
  let open = count;
  const over = () => {
    open -= 1;
    if (open > 0) return;
    // A tick later the observers have been told, and nothing else may be waiting.
    clock.setTimer(1, () => Object.assign(left, leftIn(clock, lab)));
  };
  for (let number = 0; number < count; number += 1) {
    const plan = drawPlan(chance);
    clock.setTimer(chance.whole(0, 120_000), () => {
      void ask(manager, clock, plan, number, told).then(over);
    });
  }
  await clock.live();
  const { maxAttempts, retryAttempts } = boundsOf(configuration);
  return { seed, told, events, lab, clock, manager, maxAttempts, retryAttempts, left, replyOf };
}

function leftIn(clock: VirtualClock, lab: MemoryLab): Story["left"] {
  return { timers: clock.pending(), exchanges: lab.openExchanges() };
}

function boundsOf({ providers, failover }: Drawn): Pick<Story, "maxAttempts" | "retryAttempts"> {
  const tries = Object.entries(providers).map(
    ([name, { retry_attempts: count }]) => [name, count] as const,
  );
  const sum = tries.reduce((total, [, count]) => total + count, 0);
  return {
    maxAttempts: failover.max_attempts ?? sum,
    retryAttempts: Object.fromEntries(tries),
  };
}

function vendorOf(name: string): LabVendor {
  return (name.split("_")[0] ?? "openai") as LabVendor;
}

function drawProviders(chance: Chance) {
  const count = chance.whole(1, 4);
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const vendor = chance.pick(vendors);
      const name = `${vendor}_${index}`;
      const reply = ({ messages }: { readonly messages: readonly { readonly text: string }[] }) =>
        replyOf(name, Number(/number (\d+)/u.exec(messages.at(-1)?.text ?? "")?.[1]));
      const pace = { latencyMs: chance.whole(0, 3_000), deltaMs: chance.whole(0, 400) };
      return [name, { vendor, reply, ...pace }] as const;
    }),
  );
}

function drawScript(chance: Chance, vendor: LabVendor) {
  const faults = faultsOf(vendor);
  const badness = chance.pick([0, 0.1, 0.3, 0.6, 1]);
  const usual = chance.pick(faults);
  return (): Turn => {
    if (!chance.flip(badness)) return "well";
    if (chance.flip(0.1)) return fault.status(429, { retryAfter: chance.whole(1, 40) });
    return chance.flip(0.4) ? usual : chance.pick(faults);
  };
}

type Drawn = {
  readonly providers: Readonly<Record<string, { readonly retry_attempts: number }>>;
  readonly failover: { readonly retry: string; readonly deadline: number; max_attempts?: number };
};

function drawConfiguration(chance: Chance, lab: MemoryLab, names: readonly string[]): Drawn {
  const { providers } = lab.configuration(...names);
  const entries = Object.entries(providers).map(([name, entry]) => {
    const endpoints = lab.providers[name];
    const compatible = vendorOf(name) === "qwen" && chance.flip(0.5);
    const changes = {
      timeout: chance.pick([1, 5, 30]),
      retry_attempts: chance.whole(1, 4),
      ...(compatible ? { api_endpoint: endpoints?.compatibleEndpoint } : {}),
    };
    return [name, { ...entry, ...changes }] as const;
  });
  const retry = chance.pick(["same_first", "switch_first"]);
  const failover = { retry, deadline: 120 };
  const capped = chance.flip(0.3) ? { max_attempts: chance.whole(1, 4) } : {};
  const breaker = { failures: chance.whole(2, 6), open: chance.pick([5, 30]) };
  const budget = chance.flip(0.3) ? { ratio: 0.1, per_second: 0.05 } : {};
  const when = chance.flip(0.3) ? { when_exhausted: "wait" } : {};
  const drawn = { ...failover, ...capped, ...when };
  const shared = { circuit_breaker: breaker, retry_budget: budget };
  return { providers: Object.fromEntries(entries), failover: { ...drawn, ...shared } };
}

function drawPlan(chance: Chance) {
  return {
    stream: chance.flip(0.5),
    deadlineMs: chance.pick([500, 5_000, 30_000, 120_000]),
    cancelAfterMs: chance.flip(0.15) ? chance.whole(0, 20_000) : null,
  };
}

async function ask(
  manager: LLMConfigManager,
  clock: VirtualClock,
  { stream, deadlineMs, cancelAfterMs }: ReturnType<typeof drawPlan>,
  number: number,
  told: Told[],
): Promise<void> {
  const controller = new AbortController();
  const one: Told = {
    ...{ number, startedAt: clock.now(), deadlineMs, stream, cancelled: cancelAfterMs !== null },
    ...{ seen: "", ends: 0, endedAt: 0, answer: null, error: null },
  };
  told.push(one);
  const stay =
    cancelAfterMs === null ? null : clock.setTimer(cancelAfterMs, () => controller.abort());
  const request = { messages: [{ role: "user", content: `Say number ${number}` } as const] };
  const options = { signal: controller.signal, deadlineMs };
  try {
    one.answer = stream
      ? await read(manager.stream(request, options), one)
      : await manager.generate(request, options);
  } catch (error) {
    one.error = error as LLMProviderError;
  }
  stay?.();
  one.ends += 1;
  one.endedAt = clock.now();
}

async function read(stream: ReturnType<LLMConfigManager["stream"]>, one: Told): Promise<Answer> {
  for await (const delta of stream) if (delta.type === "text") one.seen += delta.text;
  return stream.answer;
}
