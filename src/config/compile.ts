import type { FailureRule, Snapshot } from "../snapshot.ts";
import type { Resolved } from "./compile-provider.ts";
import { compileProvider } from "./compile-provider.ts";
import type { PlannedRoute } from "./compile-route.ts";
import { compileRoute } from "./compile-route.ts";
import type { Config } from "./config.ts";
import { deepFreeze } from "./freeze.ts";
import { compileLimits, compileRouteLimits } from "./limits.ts";
import type { FailoverSettings, FailureRuleSettings } from "./schema.ts";
import { toMs } from "./time.ts";

/** Makes a frozen snapshot of a configuration that was checked. */
export function compile(
  config: Config,
  resolved: readonly Resolved[],
  routes: readonly PlannedRoute[],
  about: Pick<Snapshot, "hash" | "keyFiles" | "revisions" | "warnings">,
): Snapshot {
  const providers = resolved.map(compileProvider);
  return deepFreeze({
    hash: about.hash,
    providers,
    routes: Object.fromEntries(routes.map((route) => [route.name, compileRoute(route)])),
    failureRules: config.failureRules.map(compileRule),
    health: {
      ...compileHealth(config.failover),
      limits: compileLimits(config, providers),
      routeLimits: compileRouteLimits(routes),
    },
    keyFiles: about.keyFiles,
    revisions: about.revisions,
    warnings: about.warnings,
  });
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
