import { choice, flag, number, object, seconds, whole } from "../leaves.ts";
import { defaults } from "./defaults.ts";

const backoffLeaves = {
  base: seconds(),
  factor: number("a number", 1, 100),
  max: seconds(),
  jitter: seconds(0),
} as const;

/** How waits between tries at one provider grow, as the file has it. */
export const backoffSchema = object({
  base: backoffLeaves.base.default(defaults.backoff.base),
  factor: backoffLeaves.factor.default(defaults.backoff.factor),
  max: backoffLeaves.max.default(defaults.backoff.max),
  jitter: backoffLeaves.jitter.default(defaults.backoff.jitter),
});

/** When a provider is left alone, as the file has it. */
export const breakerSchema = object({
  failures: whole(1, 1_000_000).default(defaults.circuitBreaker.failures),
  failure_rate: number("a share", 0.01, 1).default(defaults.circuitBreaker.failureRate),
  min_samples: whole(1, 1_000_000).default(defaults.circuitBreaker.minSamples),
  window: seconds(1).default(defaults.circuitBreaker.window),
  open: seconds().default(defaults.circuitBreaker.open),
  open_max: seconds().default(defaults.circuitBreaker.openMax),
});

/** What all requests together may repeat, as the file has it. */
export const budgetSchema = object({
  ratio: number("a share", 0, 10).default(defaults.retryBudget.ratio),
  per_second: number("a number", 0, 100_000).default(defaults.retryBudget.perSecond),
});

// How one request moves among providers: what the whole file says, and a route may say otherwise.
const policyLeaves = {
  max_attempts: whole(1, 1_000),
  max_switches: whole(0, 1_000),
  deadline: seconds(),
  retry: choice(["same_first", "switch_first"]),
  switch_on_failure: flag,
  switch_on_timeout: flag,
  prefer: choice(["order", "fastest", "cheapest"]),
  when_limited: choice(["next", "wait"]),
  queue_max: whole(0, 1_000_000),
  when_exhausted: choice(["fail", "wait"]),
  on_content_filtered: choice(["stop", "next"]),
  on_length: choice(["accept", "fail"]),
} as const;

/** How requests move among providers, as the file has it. */
export const failoverSchema = object({
  deadline: policyLeaves.deadline.optional(),
  max_attempts: policyLeaves.max_attempts.optional(),
  max_switches: policyLeaves.max_switches.optional(),
  switch_on_failure: policyLeaves.switch_on_failure.default(true),
  switch_on_timeout: policyLeaves.switch_on_timeout.default(true),
  prefer: policyLeaves.prefer.default("order"),
  retry: policyLeaves.retry.default("same_first"),
  backoff: backoffSchema.prefault({}),
  circuit_breaker: breakerSchema.prefault({}),
  retry_budget: budgetSchema.prefault({}),
  when_limited: policyLeaves.when_limited.default("next"),
  queue_max: policyLeaves.queue_max.default(defaults.queueMax),
  when_exhausted: policyLeaves.when_exhausted.default("fail"),
  on_content_filtered: policyLeaves.on_content_filtered.default("stop"),
  on_length: policyLeaves.on_length.default("accept"),
});

/** What a route says otherwise; what it leaves out is the file's own `failover`. */
export const routeFailoverSchema = object({
  deadline: policyLeaves.deadline.optional(),
  max_attempts: policyLeaves.max_attempts.optional(),
  max_switches: policyLeaves.max_switches.optional(),
  switch_on_failure: policyLeaves.switch_on_failure.optional(),
  switch_on_timeout: policyLeaves.switch_on_timeout.optional(),
  prefer: policyLeaves.prefer.optional(),
  retry: policyLeaves.retry.optional(),
  backoff: object({
    base: backoffLeaves.base.optional(),
    factor: backoffLeaves.factor.optional(),
    max: backoffLeaves.max.optional(),
    jitter: backoffLeaves.jitter.optional(),
  }).optional(),
  when_limited: policyLeaves.when_limited.optional(),
  queue_max: policyLeaves.queue_max.optional(),
  when_exhausted: policyLeaves.when_exhausted.optional(),
  on_content_filtered: policyLeaves.on_content_filtered.optional(),
  on_length: policyLeaves.on_length.optional(),
});
