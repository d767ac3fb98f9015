import { knownPricing } from "../providers/catalogue.ts";
import type { Pricing, Provider, Timeouts } from "../snapshot.ts";
import type { NamedProvider } from "./config.ts";
import type { Endpoint } from "./endpoint.ts";
import { isThisMachine } from "./host.ts";
import { identify } from "./identity.ts";
import { defaults } from "./schema/defaults.ts";
import type { ProviderSecrets } from "./secrets.ts";
import { attemptSeconds, toMs, triesOf } from "./time.ts";

/** A provider's settings with all that was found out about them. */
export type Resolved = {
  readonly settings: NamedProvider;
  readonly endpoint: Endpoint;
  readonly secrets: ProviderSecrets;
};

/** Whether requests may go to a provider: it is enabled and has a key. */
export function isUsable({ settings, secrets }: Resolved): boolean {
  return settings.enabled && secrets.key !== null;
}

/** Whether what is sent to a provider stays on this machine. */
export function isLocal({ settings, endpoint }: Pick<Resolved, "settings" | "endpoint">): boolean {
  // A relay on this machine that is said to be a cloud's passes everything on.
  return settings.provider_type !== "cloud" && isThisMachine(new URL(endpoint.url).hostname);
}

/** One provider as requests know it. */
export function compileProvider({ settings, endpoint, secrets }: Resolved): Provider {
  return {
    name: settings.name,
    protocol: endpoint.protocol,
    vendor: endpoint.vendor,
    endpoint: endpoint.url,
    model: settings.model_name,
    key: secrets.key,
    keySource: secrets.keySource,
    enabled: settings.enabled,
    maxTokens: settings.max_tokens,
    temperature: settings.temperature,
    timeoutMs: toMs(settings.timeout),
    timeouts: compileTimeouts(settings),
    retryAttempts: triesOf(settings),
    thinking: endpoint.thinking,
    contextWindow: settings.context_window ?? endpoint.contextWindow,
    priority: settings.priority,
    capabilities: settings.capabilities ?? null,
    headers: secrets.headers,
    extraBody: structuredClone(settings.extra_body),
    local: isLocal({ settings, endpoint }),
    pricing: compilePricing(settings, endpoint),
    identity: identify({
      endpoint: endpoint.url,
      model: settings.model_name,
      vendor: endpoint.vendor,
      account: settings.account ?? null,
      keyDigest: secrets.keyDigest,
    }),
  };
}

function compileTimeouts(settings: NamedProvider): Timeouts {
  const { timeout, timeouts } = settings;
  const whole = attemptSeconds(settings);
  const firstContent = timeouts.first_content ?? Math.min(timeout, whole);
  // A first content that may come later than a stream's end would never be waited for.
  const total = timeouts.total ?? Math.max(defaults.streamTotal, firstContent);
  return {
    connectMs: toMs(timeouts.connect ?? Math.min(defaults.connect, timeout, whole)),
    wholeMs: toMs(whole),
    firstContentMs: toMs(firstContent),
    idleMs: toMs(timeouts.idle ?? timeout),
    totalMs: toMs(total),
  };
}

function compilePricing(
  { pricing, model_name: model }: NamedProvider,
  { url, thinking }: Endpoint,
): Pricing | null {
  if (pricing === undefined) return knownPricing(url, model, thinking);
  const { input, output, cached_input, as_of } = pricing;
  const about = { cachedInput: cached_input ?? null, promptMost: null, asOf: as_of ?? null };
  return { input, output, ...about };
}
