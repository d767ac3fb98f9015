import type { LabEndpoints, MemoryLab } from "../../src/lab/index.ts";
import type { Backend } from "./backends.ts";
import type { Chance } from "./chance.ts";
import type { Narrow } from "./narrow.ts";
import { routesOf } from "./narrow.ts";

/** One entry of `providers`: what the file says, and what is true of it. */
export type Entry = {
  readonly name: string;
  readonly backend: Backend;
  /** Its key and its model are ones the simulated provider takes. */
  readonly honest: boolean;
  readonly tries: number;
  readonly timeoutMs: number;
  /** How many attempts may be in flight there, and begin within a minute; `null`: any number. */
  readonly limit: { readonly inFlight: number; readonly aMinute: number } | null;
  readonly settings: Readonly<Record<string, unknown>>;
};

/** A configuration as a world draws it. */
export type Drawn = {
  readonly entries: readonly Entry[];
  readonly failover: {
    readonly retry: string;
    readonly deadline: number;
    readonly max_attempts?: number;
    readonly circuit_breaker: { readonly window: number; readonly open_max: number };
  } & Readonly<Record<string, unknown>>;
  /** The other route, the same as long as the world lives. */
  readonly narrow: Narrow | null;
};

/** The file of a configuration. */
export function textOf({ entries, failover, narrow }: Drawn): string {
  const providers = Object.fromEntries(entries.map(({ name, settings }) => [name, settings]));
  const routes = routesOf(narrow, Object.keys(providers));
  return JSON.stringify({ providers, failover, ...routes }, null, 2);
}

/** How many attempts a configuration allows one request. */
export function maxAttemptsOf({ entries, failover }: Drawn): number {
  return failover.max_attempts ?? entries.reduce((sum, { tries }) => sum + tries, 0);
}

/** Draws a configuration: an honest entry for each provider, and some that share things. */
export function drawConfiguration(
  chance: Chance,
  lab: MemoryLab,
  backends: readonly Backend[],
  narrow: Narrow | null,
): Drawn {
  const team = chance.flip(0.3);
  const entries = backends.map((backend) => drawEntry(chance, lab, backend, backend.name, team));
  const more = chance.flip(0.5) ? chance.whole(1, 2) : 0;
  for (let index = 0; index < more; index += 1) {
    const sibling = drawSibling(chance, lab, chance.pick(backends), index, team);
    entries.splice(chance.whole(0, entries.length), 0, sibling);
  }
  const limited = entries.map((entry, index) =>
    index > 0 && chance.flip(0.15) ? withLimit(chance, entry) : entry,
  );
  return { entries: limited, failover: drawFailover(chance), narrow };
}

function withLimit(chance: Chance, entry: Entry): Entry {
  const limit = { inFlight: chance.whole(1, 3), aMinute: chance.pick([30, 60]) };
  const { inFlight: most, aMinute } = limit;
  const rateLimit = { max_concurrency: most, requests_per_minute: aMinute };
  return { ...entry, limit, settings: { ...entry.settings, rate_limit: rateLimit } };
}

function drawEntry(
  chance: Chance,
  lab: MemoryLab,
  backend: Backend,
  name: string,
  team: boolean,
): Entry {
  const endpoints = endpointsOf(lab, backend);
  const compatible = backend.vendor === "qwen" && chance.flip(0.5);
  const timeout = chance.pick([1, 5, 30]);
  const tries = chance.whole(1, 4);
  const settings = {
    ...lab.configuration(backend.name).providers[backend.name],
    ...{ provider_name: name, timeout, retry_attempts: tries },
    ...(compatible ? { api_endpoint: endpoints.compatibleEndpoint } : {}),
    ...(team ? { account: "team" } : {}),
  };
  return { name, backend, honest: true, tries, timeoutMs: timeout * 1_000, limit: null, settings };
}

const otherModels = { qwen: "qwen-plus", deepseek: "deepseek-v4-pro", openai: "gpt-4.1-mini" };

// An entry that shares an address with another: all of it, or all but its key or its model.
function drawSibling(
  chance: Chance,
  lab: MemoryLab,
  backend: Backend,
  index: number,
  team: boolean,
): Entry {
  const entry = drawEntry(chance, lab, backend, `${backend.name}_again${index}`, team);
  switch (chance.pick(["same", "other model", "wrong key", "dead model"] as const)) {
    case "same":
      return entry;
    case "other model":
      return withSettings(entry, { model_name: otherModels[backend.vendor] }, true);
    case "wrong key":
      return withSettings(entry, { api_key: `sk-wrong-${index}` }, false);
    case "dead model":
      return withSettings(entry, { model_name: `gone-model-${index}` }, false);
  }
}

function withSettings(entry: Entry, settings: Entry["settings"], honest: boolean): Entry {
  return { ...entry, honest, settings: { ...entry.settings, ...settings } };
}

function endpointsOf(lab: MemoryLab, { name }: Backend): LabEndpoints {
  const endpoints = lab.providers[name];
  if (endpoints === undefined) throw new Error(`The lab has no ${name}.`);
  return endpoints;
}

function drawFailover(chance: Chance): Drawn["failover"] {
  const retry = chance.pick(["same_first", "switch_first"]);
  const capped = chance.flip(0.3) ? { max_attempts: chance.whole(1, 4) } : {};
  const breaker = {
    ...{ failures: chance.whole(2, 6), min_samples: chance.pick([4, 10]), failure_rate: 0.5 },
    ...{ window: chance.pick([20, 60]), open: chance.pick([5, 30]) },
    open_max: chance.pick([60, 600]),
  };
  const budget = chance.pick([
    {},
    {},
    { ratio: 0.1, per_second: 0.05 },
    { ratio: 0, per_second: 0 },
  ]);
  const when = chance.flip(0.3) ? { when_exhausted: "wait" } : {};
  const filtered = chance.flip(0.3) ? { on_content_filtered: "next" } : {};
  const shared = { circuit_breaker: breaker, retry_budget: budget, ...when, ...filtered };
  return { retry, deadline: 120, ...capped, ...shared };
}

// The breaker's window keeps its span: what was counted in another one is not carried over well.
function withWindow(next: Drawn["failover"], old: Drawn["failover"]): Drawn["failover"] {
  const { window } = old.circuit_breaker;
  return { ...next, circuit_breaker: { ...next.circuit_breaker, window } };
}

/** Draws what a person might change in a configuration. */
export function drawChange(chance: Chance, lab: MemoryLab, drawn: Drawn, original: Drawn): Drawn {
  const { entries, failover } = drawn;
  const place = chance.whole(0, entries.length - 1);
  const chosen = chance.pick(entries);
  switch (chance.pick(["remove", "restore", "reorder", "key", "policy", "same"] as const)) {
    case "remove":
      return entries.length < 2 ? drawn : { ...drawn, entries: entries.toSpliced(place, 1) };
    case "restore":
      return original;
    case "reorder":
      return { ...drawn, entries: [...entries.slice(place), ...entries.slice(0, place)] };
    case "key": {
      const key = chosen.honest ? "sk-changed" : endpointsOf(lab, chosen.backend).key;
      const changed = withSettings(chosen, { api_key: key }, false);
      return { ...drawn, entries: entries.map((one) => (one === chosen ? changed : one)) };
    }
    case "policy":
      return { ...drawn, failover: withWindow(drawFailover(chance), failover) };
    case "same":
      return drawn;
  }
}

/** Draws a file that must be refused; `null`: there is none to read. */
export function drawBroken(chance: Chance, drawn: Drawn): string | null {
  const text = textOf(drawn);
  return chance.pick([
    null,
    "",
    "{}",
    text.slice(0, chance.whole(0, text.length - 2)),
    text.replace('"timeout"', '"timeuot"'),
    text.replace('"retry_attempts"', '"retry_attempts": "many", "x"'),
  ]);
}

/** The configuration of the last phase: the chosen entries take what they are asked for. */
export function healedConfiguration(
  lab: MemoryLab,
  drawn: Drawn,
  core: ReadonlySet<string>,
): Drawn {
  const heal = (entry: Entry) => (core.has(entry.name) ? honestly(lab, entry) : entry);
  return { ...drawn, entries: drawn.entries.map(heal) };
}

function honestly(lab: MemoryLab, entry: Entry): Entry {
  const { key, model } = endpointsOf(lab, entry.backend);
  const known = [model, otherModels[entry.backend.vendor]];
  const name = entry.settings["model_name"] as string;
  const settings = { api_key: key, model_name: known.includes(name) ? name : model, timeout: 30 };
  return { ...withSettings(entry, settings, true), timeoutMs: 30_000 };
}
