import { compareSnapshots } from "../config/diff.ts";
import type { Inputs } from "../config/inputs.ts";
import type { LLMConfigurationError } from "../errors.ts";
import type { ConfigurationEvent } from "../event.ts";
import type { Journal } from "../journal.ts";
import type { Ports } from "../ports.ts";
import { emitConfiguration } from "../request/tell-health.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Applied, ConfigurationStatus } from "../status.ts";

/** A snapshot, and what it was made of. */
export type Loaded = { readonly snapshot: Snapshot; readonly inputs: Inputs };

/** What a file came to that cannot be used. */
export type Refused = {
  readonly at: number;
  readonly problems: LLMConfigurationError["problems"];
  readonly inputs: Inputs;
};

/** The configuration in force and the one refused last: two facts, each told as an event. */
export type InForce = {
  readonly loaded: () => Loaded;
  /** The event that put it in force. */
  readonly event: () => ConfigurationEvent;
  readonly applied: () => Applied;
  readonly refused: () => Refused | null;
  readonly status: () => ConfigurationStatus;
  /** How often something was applied or refused: by it a look notices that it came too late. */
  readonly turns: () => number;
  /** Swaps the reference; what is different now, a sentence each. */
  readonly apply: (
    next: Loaded,
    how: { readonly fresh: boolean; readonly keepsRefused?: boolean },
  ) => string[];
  readonly refuse: (inputs: Inputs, error: LLMConfigurationError) => void;
  /** What was refused is gone: the files hold again what is in force. */
  readonly restore: () => void;
};

/** Puts a first configuration in force. */
export function createInForce(first: Loaded, ports: Ports, journal: Journal): InForce {
  const { clock, transport } = ports;
  let loaded = first;
  let version = 0;
  let turns = 0;
  let refused: Refused | null = null;
  let event = tell([], false, []);

  function tell(changes: readonly string[], fresh: boolean, was: Snapshot["providers"]) {
    const { hash, providers, warnings, health: policy } = loaded.snapshot;
    version += 1;
    const identities = providers.map(({ name, identity }) => ({ name, identity }));
    const type = "configuration-applied" as const;
    const facts = { at: clock.now(), version, hash, warnings, changes, fresh, policy };
    const told = { type, ...facts, providers: identities };
    emitConfiguration(journal, told, was);
    const origins = providers.map(({ endpoint }) => new URL(endpoint).origin);
    transport.retain(new Set(origins));
    return told;
  }

  function applied(): Applied {
    const { hash, at } = event;
    return { version, hash, at };
  }

  return {
    loaded: () => loaded,
    event: () => event,
    applied,
    refused: () => refused,
    status: () => ({
      applied: applied(),
      rejected: refused === null ? null : { at: refused.at, problems: refused.problems },
      revisions: loaded.snapshot.revisions,
      warnings: loaded.snapshot.warnings,
    }),
    turns: () => turns,
    apply(next, { fresh, keepsRefused = false }) {
      const was = loaded.snapshot;
      const changes = compareSnapshots(was, next.snapshot);
      loaded = next;
      turns += 1;
      if (!keepsRefused) refused = null;
      event = tell(changes, fresh, was.providers);
      return [...changes];
    },
    refuse(inputs, { message, problems }) {
      const at = clock.now();
      turns += 1;
      refused = { at, problems, inputs };
      journal.emit({ type: "configuration-rejected", at, message, problems });
    },
    restore() {
      refused = null;
      turns += 1;
      const { hash } = event;
      journal.emit({ type: "configuration-restored", at: clock.now(), version, hash });
    },
  };
}
