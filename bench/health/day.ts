import { readSourceSync } from "../../src/config/source.ts";
import type { Event } from "../../src/event.ts";
import type { FailureKind } from "../../src/failure.ts";
import { systemPorts } from "../../src/node/ports.ts";
import type { Provider, Snapshot } from "../../src/snapshot.ts";

/** A configuration of so many providers, each with a host, a key and a model of its own. */
export function configurationOf(size: number): Snapshot {
  const entries = Array.from({ length: size }, (_, index) => {
    const settings = {
      api_endpoint: `https://api-${index}.example.com/v1/chat/completions`,
      api_key: `sk-bench-${index}`,
      model_name: "bench-model",
      protocol: "openai_chat",
      retry_attempts: 1,
    };
    return [`provider-${index}`, settings] as const;
  });
  const object = { providers: Object.fromEntries(entries), failover: { deadline: 600 } };
  return readSourceSync({ object }, systemPorts(), false);
}

/** The event that opens every log. */
export function appliedEvent({ hash, providers, health: policy }: Snapshot): Event {
  const identities = providers.map(({ name, identity }) => ({ name, identity }));
  const facts = { version: 1, hash, warnings: [], changes: [], fresh: false, policy };
  return { type: "configuration-applied", at: 1, providers: identities, ...facts };
}

/** The events of one request that asks one provider once, in their order. */
export function eventsOfOne(
  provider: Provider,
  number: number,
  at: number,
  failed: FailureKind | null,
): readonly Event[] {
  const request = `request-${number}`;
  const { name, identity, model } = provider;
  const asked = { request, route: "default", attempt: 1 };
  const about = { ...asked, provider: name, identity, estimatedTokens: 200 };
  const failure = failed === null ? null : { kind: failed, message: "It went wrong." };
  const start = { route: "default", stream: true, deadlineAt: at + 60_000 };
  const end = {
    durationMs: 50,
    requestId: null,
    usage: null,
    cost: null,
    retryAt: null,
    chance: 0.5,
  };
  return [
    { type: "request-start", at, request, ...start },
    { type: "attempt-start", at, model, limitMs: 30_000, repeat: false, ...about },
    ...(failure === null
      ? [{ type: "attempt-commit", at: at + 20, firstContentMs: 20, ...about } as const]
      : []),
    { type: "attempt-end", at: at + 50, ...end, failure, ...about },
    {
      ...{ type: "request-end", at: at + 50, request, provider: failure ? null : name },
      ...{ attempts: 1, durationMs: 50, failure },
    },
  ];
}
