import type { Problem } from "../errors.ts";
import type { FailureRule, Policy, Provider, Snapshot, Timeouts } from "../snapshot.ts";
import type { Endpoint } from "./endpoint.ts";
import { deepFreeze } from "./freeze.ts";
import { identify } from "./identity.ts";
import { compileLimits } from "./limits.ts";
import type { Config, NamedProvider } from "./parse.ts";
import type { FailoverSettings, FailureRuleSettings } from "./schema.ts";
import { defaults } from "./schema.ts";
import type { ProviderSecrets } from "./secrets.ts";
import { attemptSeconds, defaultDeadline, triesOf } from "./time.ts";

/** A provider's settings with all that was found out about them. */
export type Resolved = {
  readonly settings: NamedProvider;
  readonly endpoint: Endpoint;
  readonly secrets: ProviderSecrets;
};

/** Makes a frozen snapshot of a configuration that was checked. */
export function compile(
  config: Config,
  resolved: readonly Resolved[],
  about: { readonly hash: string; readonly warnings: readonly Problem[] },
): Snapshot {
  const providers = resolved.map(compileProvider);
  const inUse = new Set(resolved.filter(isUsable).map(({ settings }) => settings.name));
  const route = {
    name: "default",
    providers: providers.filter(({ name }) => inUse.has(name)),
    policy: compilePolicy(
      config.failover,
      config.providers.filter(({ name }) => inUse.has(name)),
    ),
  };
  return deepFreeze({
    hash: about.hash,
    providers,
    routes: { default: route },
    failureRules: config.failureRules.map(compileRule),
    health: {
      ...compileHealth(config.failover),
      limits: compileLimits(config, providers),
    },
    warnings: about.warnings,
  });
}

/** Whether requests may go to a provider: it is enabled and has a key. */
export function isUsable({ settings, secrets }: Resolved): boolean {
  return settings.enabled && secrets.key !== null;
}

function compileProvider({ settings, endpoint, secrets }: Resolved): Provider {
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

function compilePolicy(failover: FailoverSettings, usable: readonly NamedProvider[]): Policy {
  const { backoff, deadline, max_attempts: most } = failover;
  return {
    retry: failover.retry,
    deadlineMs: toMs(deadline ?? defaultDeadline(usable, backoff)),
    maxAttempts: most ?? usable.reduce((sum, provider) => sum + triesOf(provider), 0),
    backoff: {
      baseMs: toMs(backoff.base),
      factor: backoff.factor,
      maxMs: toMs(backoff.max),
      jitterMs: toMs(backoff.jitter),
    },
    whenLimited: failover.when_limited,
    queueMax: failover.queue_max,
    whenExhausted: failover.when_exhausted,
    onContentFiltered: failover.on_content_filtered,
    onLength: failover.on_length,
  };
}

function compileHealth({ circuit_breaker: breaker, retry_budget: budget }: FailoverSettings) {
  return {
    breaker: {
      failures: breaker.failures,
      rate: breaker.failure_rate,
      minSamples: breaker.min_samples,
      windowMs: toMs(breaker.window),
      openMs: toMs(breaker.open),
      openMaxMs: toMs(breaker.open_max),
    },
    budget: { ratio: budget.ratio, perSecond: budget.per_second },
  };
}

function compileRule(rule: FailureRuleSettings): FailureRule {
  return {
    vendor: rule.vendor ?? null,
    status: rule.status ?? null,
    code: rule.code ?? null,
    message: rule.message ?? null,
    kind: rule.kind,
  };
}

function toMs(seconds: number): number {
  return Math.round(seconds * 1_000);
}
