import type { Policy, Provider } from "../src/snapshot.ts";
import { Secret } from "../src/secret.ts";

/** A provider as a test needs it: well configured, 30 s, three tries. */
export function sampleProvider(name: string, changes: Partial<Provider> = {}): Provider {
  const model = changes.model ?? `${name}-model`;
  const origin = `https://${name}.example`;
  return {
    name,
    protocol: "openai_chat",
    vendor: "openai",
    endpoint: `${origin}/v1/chat/completions`,
    model,
    key: new Secret(`sk-test-${name}`),
    keySource: "inline",
    enabled: true,
    maxTokens: 150,
    temperature: 0.7,
    timeoutMs: 30_000,
    timeouts: {
      connectMs: 10_000,
      wholeMs: 30_000,
      firstContentMs: 30_000,
      idleMs: 30_000,
      totalMs: 600_000,
    },
    retryAttempts: 3,
    thinking: "off",
    contextWindow: null,
    priority: 1_000,
    capabilities: null,
    headers: {},
    extraBody: {},
    local: false,
    pricing: null,
    identity: {
      endpoint: origin,
      model: `${origin} ${model}`,
      key: `${origin} key-${name}`,
      account: `account-${name}`,
      account_model: `account-${name} ${model}`,
      key_model: `${origin} key-${name} ${model}`,
    },
    ...changes,
  };
}

/** The policy of the classic file. */
export const samplePolicy: Policy = {
  retry: "same_first",
  deadlineMs: 190_000,
  maxAttempts: 6,
  maxSwitches: null,
  switchOnFailure: true,
  switchOnTimeout: true,
  prefer: "order",
  backoff: { baseMs: 1_000, factor: 2, maxMs: 30_000, jitterMs: 1_000 },
  whenLimited: "next",
  queueMax: 1_000,
  whenExhausted: "fail",
  onContentFiltered: "stop",
  onLength: "accept",
};
