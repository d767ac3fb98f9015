import type { Protocol, Provider, Thinking, Vendor } from "../snapshot.ts";

/** One provider as it is configured, for reading: its key is only a mask, durations are seconds. */
export type LLMConfig = {
  readonly providerName: string;
  readonly apiEndpoint: string;
  readonly apiKey: "***";
  /** Where the key comes from, such as `variable DEEPSEEK_API_KEY`. */
  readonly apiKeySource: string;
  readonly modelName: string;
  /** `null`: none is sent. */
  readonly maxTokens: number | null;
  readonly temperature: number | null;
  readonly timeout: number;
  /** Tries at this provider in all, for one request. */
  readonly retryAttempts: number;
  readonly protocol: Protocol;
  readonly vendor: Vendor;
  readonly enabled: boolean;
  /** Whether it has a key. */
  readonly configured: boolean;
  /** In tokens; `null`: not known. */
  readonly contextWindow: number | null;
  /** Lower is asked earlier; among equals the file's order holds. */
  readonly priority: number;
  /** All that it is fit for, in words; `null`: not said. */
  readonly capabilities: readonly string[] | null;
  readonly thinking: Thinking;
  readonly timeouts: {
    readonly connect: number;
    readonly whole: number;
    readonly firstContent: number;
    readonly idle: number;
    readonly total: number;
  };
  /** In US dollars for a million tokens; `null`: not known, which is not free. */
  readonly pricing: {
    readonly input: number;
    readonly output: number;
    /** Of prompt tokens the provider had in its cache; `null`: as `input`. */
    readonly cachedInput: number | null;
    /** The day the prices were read; `null`: not said. */
    readonly asOf: string | null;
  } | null;
  /** The names of the headers added to each request; their values are secrets. */
  readonly headerNames: readonly string[];
};

/** What may be shown of a provider: everything but its secrets. */
export function describeProvider(provider: Provider): LLMConfig {
  const { timeouts } = provider;
  return Object.freeze({
    providerName: provider.name,
    apiEndpoint: provider.endpoint,
    apiKey: "***",
    apiKeySource: provider.keySource,
    modelName: provider.model,
    maxTokens: provider.maxTokens,
    temperature: provider.temperature,
    timeout: provider.timeoutMs / 1_000,
    retryAttempts: provider.retryAttempts,
    protocol: provider.protocol,
    vendor: provider.vendor,
    enabled: provider.enabled,
    configured: provider.key !== null,
    contextWindow: provider.contextWindow,
    priority: provider.priority,
    capabilities: provider.capabilities,
    thinking: provider.thinking,
    timeouts: Object.freeze({
      connect: timeouts.connectMs / 1_000,
      whole: timeouts.wholeMs / 1_000,
      firstContent: timeouts.firstContentMs / 1_000,
      idle: timeouts.idleMs / 1_000,
      total: timeouts.totalMs / 1_000,
    }),
    pricing: provider.pricing === null ? null : Object.freeze({ ...provider.pricing }),
    headerNames: Object.freeze(Object.keys(provider.headers)),
  });
}
