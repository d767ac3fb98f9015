import type { Change } from "./config/revise.ts";
import { withChange } from "./config/revise.ts";
import type { Source } from "./config/source.ts";
import { wholeFileProblem } from "./config/problem.ts";
import { loadInputs, nameOf, readerOf } from "./config/source.ts";
import type { Inputs } from "./config/inputs.ts";
import type { Watched } from "./config/watch.ts";
import { keepWatch } from "./config/watch.ts";
import type { InForce, Loaded } from "./configuration/in-force.ts";
import { createInForce } from "./configuration/in-force.ts";
import { refuseChange } from "./configuration/refuse-change.ts";
import { createLook } from "./configuration/look.ts";
import type { Problem } from "./errors.ts";
import { LLMConfigurationError, sayProblem } from "./errors.ts";
import type { Event } from "./event.ts";
import type { Journal } from "./journal.ts";
import type { Ports } from "./ports.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Applied, ConfigurationStatus } from "./status.ts";

/** What a reload did. */
export type Reload = {
  readonly applied: Applied;
  /** What is different now, a sentence each; empty for the same content. */
  readonly changes: readonly string[];
  readonly warnings: readonly Problem[];
};

/** The configuration in force: one reference, swapped whole. */
export type Configuration = Watched & {
  snapshot(): Snapshot;
  /** The event that put it in force. */
  applied(): Event;
  status(): ConfigurationStatus;
  /** One after the other; a bad one changes nothing and rejects with LLMConfigurationError. */
  reload(): Promise<Reload>;
  /** Changes one setting of one provider without touching the file. Throws as a reload rejects. */
  change(change: Change): Reload;
  /** Ends the watching. */
  close(): void;
};

/** What is said about a configuration beside what it holds. */
export type ConfigurationOptions = { readonly strict: boolean; readonly watch: boolean };

/** Reads a configuration and puts it in force. Throws LLMConfigurationError. */
export function createConfiguration(
  source: Source,
  ports: Ports,
  journal: Journal,
  { strict, watch }: ConfigurationOptions,
): Configuration {
  const reader = readerOf(source, ports);
  const first = reader.readSync();
  const start = { snapshot: loadInputs(source, first, ports, { strict }), inputs: first };
  const inForce = createInForce(start, ports, journal);
  const inTurn = createTurns();
  const warn = createWarn(source, ports, journal);
  let isClosed = false;

  function load(inputs: Inputs): Snapshot {
    const { revisions } = inForce.loaded().snapshot;
    return loadInputs(source, inputs, ports, { strict, revisions });
  }

  async function reload(): Promise<Reload> {
    if (isClosed) throw closedError(source);
    const inputs = await reader.read();
    let snapshot: Snapshot;
    try {
      snapshot = load(inputs);
    } catch (error) {
      if (error instanceof LLMConfigurationError) inForce.refuse(inputs, error);
      follow();
      throw error;
    }
    return applied({ snapshot, inputs }, { fresh: true });
  }

  function applied(next: Loaded, how: Parameters<InForce["apply"]>[1]): Reload {
    const changes = inForce.apply(next, how);
    follow();
    return { applied: inForce.applied(), changes, warnings: next.snapshot.warnings };
  }

  function change(asked: Change): Reload {
    if (isClosed) throw closedError(source);
    const { snapshot: was, inputs } = inForce.loaded();
    refuseChange(asked, was, nameOf(source));
    const revisions = withChange(was.revisions, asked);
    const next = loadAny(inForce, (made) => loadInputs(source, made, ports, { strict, revisions }));
    return applied(next, { fresh: false, keepsRefused: next.inputs === inputs });
  }

  function done(refusal: string | null): void {
    follow();
    if (refusal === null) warn.of(inForce.loaded().snapshot.warnings);
    else warn.now(refusal);
  }

  const looking = { reader, inForce, ports, load, inTurn, isClosed: () => isClosed, done };
  const configuration: Configuration = {
    snapshot: () => inForce.loaded().snapshot,
    applied: inForce.event,
    status: inForce.status,
    reload: () => inTurn(reload),
    change,
    look: createLook(looking),
    deaf: warn.deaf,
    close() {
      isClosed = true;
      watching.close();
    },
  };
  const watching = keepWatch(new WeakRef(configuration), ports);

  function follow(): void {
    if (watch && !isClosed) watching.follow(filesOf(source, inForce));
  }

  follow();
  warn.of(inForce.loaded().snapshot.warnings);
  return configuration;
}

function closedError(source: Source): LLMConfigurationError {
  const problem = wholeFileProblem("the manager was closed", "make another one");
  return new LLMConfigurationError(nameOf(source), [problem], "Nothing can be changed");
}

// What was refused may have been so only for what was changed while running.
function loadAny(inForce: InForce, load: (inputs: Inputs) => Snapshot): Loaded {
  const refused = inForce.refused()?.inputs;
  try {
    if (refused !== undefined) return { snapshot: load(refused), inputs: refused };
  } catch (error) {
    if (!(error instanceof LLMConfigurationError)) throw error;
  }
  const { inputs } = inForce.loaded();
  return { snapshot: load(inputs), inputs };
}

/** Runs tasks one after the other. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <Value>(task: () => Value | Promise<Value>): Promise<Value> => {
    const next = last.then(task);
    last = next.catch(() => {});
    return next;
  };
}

// With nobody to tell, the process itself is told; of the same warnings, once.
function createWarn(source: Source, { clock, warn }: Ports, journal: Journal) {
  let last = "";

  function now(text: string): void {
    clock.defer(() => {
      if (!journal.hasObservers()) warn(text);
    });
  }

  function of(problems: readonly Problem[]): void {
    const warnings = problems.filter(({ severity }) => severity === "warning");
    const text = warnings.map((warning) => sayProblem(nameOf(source), warning)).join("\n");
    if (text !== "" && text !== last) now(text);
    last = text;
  }

  function deaf(reason: string): void {
    const message = `${nameOf(source)} is only looked at every 5 s: ${reason}`;
    journal.emit({ type: "configuration-unwatched", at: clock.now(), message });
    now(message);
  }

  return { now, of, deaf };
}

function filesOf(source: Source, inForce: InForce): readonly string[] {
  const { inputs } = inForce.loaded();
  const refused = inForce.refused()?.inputs.keyFiles.keys() ?? [];
  const own = "path" in source ? [source.path] : [];
  return [...new Set([...own, ...inputs.keyFiles.keys(), ...refused])];
}
