import { compareSnapshots } from "./config/diff.ts";
import type { Source } from "./config/source.ts";
import { nameOf, readSource, readSourceSync } from "./config/source.ts";
import type { Problem } from "./errors.ts";
import { LLMConfigurationError, sayProblem } from "./errors.ts";
import type { ConfigurationEvent, Event } from "./event.ts";
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
export type Configuration = {
  snapshot(): Snapshot;
  /** The event that put it in force. */
  applied(): Event;
  status(): ConfigurationStatus;
  /** One after the other; a bad one changes nothing and rejects with LLMConfigurationError. */
  reload(): Promise<Reload>;
  /** Its warnings, a line each; empty when there are none. */
  warningText(): string;
};

/** Reads a configuration and puts it in force. Throws LLMConfigurationError. */
export function createConfiguration(
  source: Source,
  ports: Ports,
  journal: Journal,
  strict: boolean,
): Configuration {
  let snapshot = readSourceSync(source, ports, strict);
  let version = 0;
  let rejected: ConfigurationStatus["rejected"] = null;
  let reloading: Promise<unknown> = Promise.resolve();
  let event = apply([], false);

  function apply(changes: readonly string[], fresh: boolean): ConfigurationEvent & Applied {
    const { hash, providers, warnings, health: policy } = snapshot;
    version += 1;
    rejected = null;
    const identities = providers.map(({ name, identity }) => ({ name, identity }));
    const type = "configuration-applied" as const;
    const at = ports.clock.now();
    const facts = { at, version, hash, warnings, changes, fresh, policy };
    const told = { type, ...facts, providers: identities };
    journal.emit(told);
    const origins = providers.map(({ endpoint }) => new URL(endpoint).origin);
    ports.transport.retain(new Set(origins));
    return told;
  }

  function reject(error: unknown): void {
    if (!(error instanceof LLMConfigurationError)) return;
    const { message, problems } = error;
    const at = ports.clock.now();
    rejected = { at, problems };
    journal.emit({ type: "configuration-rejected", at, message, problems });
  }

  function appliedFacts(): Applied {
    const { hash, at } = event;
    return { version, hash, at };
  }

  async function reload(): Promise<Reload> {
    let next: Snapshot;
    try {
      next = await readSource(source, ports, strict);
    } catch (error) {
      reject(error);
      throw error;
    }
    const changes = compareSnapshots(snapshot, next);
    snapshot = next;
    event = apply(changes, true);
    return { applied: appliedFacts(), changes, warnings: next.warnings };
  }

  return {
    snapshot: () => snapshot,
    applied: () => event,
    status: () => ({ applied: appliedFacts(), rejected, warnings: snapshot.warnings }),
    reload() {
      const next = reloading.then(reload);
      reloading = next.catch(() => {});
      return next;
    },
    warningText: () =>
      snapshot.warnings
        .filter(({ severity }) => severity === "warning")
        .map((warning) => sayProblem(nameOf(source), warning))
        .join("\n"),
  };
}
