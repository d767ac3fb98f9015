import { choice, flag, number, object, seconds, told, whole } from "../leaves.ts";
import { defaults } from "./defaults.ts";

const backoffLeaves = {
  base: told(seconds(), "Seconds before the second try."),
  factor: told(number("a number", 1, 100), "How much longer each further wait is."),
  max: told(seconds(), "The longest wait, in seconds, before chance is added."),
  jitter: told(seconds(0), "Up to so many seconds are added by chance."),
} as const;

/** How waits between tries at one provider grow, as the file has it. */
export const backoffSchema = object({
  base: backoffLeaves.base.default(defaults.backoff.base),
  factor: backoffLeaves.factor.default(defaults.backoff.factor),
  max: backoffLeaves.max.default(defaults.backoff.max),
  jitter: backoffLeaves.jitter.default(defaults.backoff.jitter),
});

const breakerDefaults = defaults.circuitBreaker;

/** When a provider is left alone, as the file has it. */
export const breakerSchema = object({
  failures: told(
    whole(1, 1_000_000).default(breakerDefaults.failures),
    "Failures in a row after which the provider is left alone.",
  ),
  failure_rate: told(
    number("a share", 0.01, 1).default(breakerDefaults.failureRate),
    "The share of failures in the window after which it is left alone.",
  ),
  min_samples: told(
    whole(1, 1_000_000).default(breakerDefaults.minSamples),
    "How many outcomes the window must hold before the share counts.",
  ),
  window: told(seconds(1).default(breakerDefaults.window), "The window, in seconds."),
  open: told(
    seconds().default(breakerDefaults.open),
    "Seconds it is left alone at first; each failed probe doubles them.",
  ),
  open_max: told(
    seconds().default(breakerDefaults.openMax),
    "The longest it is left alone, in seconds.",
  ),
});

/** What all requests together may repeat, as the file has it. */
export const budgetSchema = object({
  ratio: told(
    number("a share", 0, 10).default(defaults.retryBudget.ratio),
    "Repeated tries for each request, on average over all requests.",
  ),
  per_second: told(
    number("a number", 0, 100_000).default(defaults.retryBudget.perSecond),
    "Repeated tries a second that are allowed however few requests there are.",
  ),
});

// How one request moves among providers: what the whole file says, and a route may say otherwise.
const policyLeaves = {
  deadline: told(
    seconds(),
    "Seconds for the whole request; left out, the time of all tries and waits, at most 600.",
    60,
  ),
  max_attempts: told(
    whole(1, 1_000),
    "Attempts at all providers together; left out, the sum of their `retry_attempts`.",
  ),
  max_switches: told(
    whole(0, 1_000),
    "How often one request may go on to another provider; 0 is never, left out is always.",
  ),
  switch_on_failure: told(
    flag,
    "Whether a failure other than a timeout may lead to another provider.",
  ),
  switch_on_timeout: told(flag, "Whether a timeout may lead to another provider."),
  prefer: told(
    choice(["order", "fastest", "cheapest"]),
    "Who has the first turn: by the route's order, by what was measured, or by price.",
  ),
  retry: told(
    choice(["same_first", "switch_first"]),
    "After a failure: the same provider again while it has tries, or the next one at once.",
  ),
  when_limited: told(
    choice(["next", "wait"]),
    "At a provider whose `rate_limit` is reached: go to the next, or wait for a turn.",
  ),
  queue_max: told(whole(0, 1_000_000), "How many requests may wait for a turn at one provider."),
  when_exhausted: told(
    choice(["fail", "wait"]),
    "When nobody can be asked: fail at once, or wait within the deadline.",
  ),
  on_content_filtered: told(
    choice(["stop", "next"]),
    "What a refusal by a content filter leads to: an error, or the next provider.",
  ),
  on_length: told(
    choice(["accept", "fail"]),
    "What an answer cut at max_tokens is: an answer that says so, or a failure.",
  ),
} as const;

const backoffMeaning = "How waits between tries grow: min(max, base · factor^try) + chance.";

/** How requests move among providers, as the file has it. */
export const failoverSchema = object({
  deadline: policyLeaves.deadline.optional(),
  max_attempts: policyLeaves.max_attempts.optional(),
  max_switches: policyLeaves.max_switches.optional(),
  switch_on_failure: policyLeaves.switch_on_failure.default(true),
  switch_on_timeout: policyLeaves.switch_on_timeout.default(true),
  prefer: policyLeaves.prefer.default("order"),
  retry: policyLeaves.retry.default("same_first"),
  backoff: told(backoffSchema.prefault({}), backoffMeaning),
  circuit_breaker: told(
    breakerSchema.prefault({}),
    "When a provider that keeps failing is left alone, and for how long.",
  ),
  retry_budget: told(
    budgetSchema.prefault({}),
    "What all requests together may repeat, so that an outage does not become a storm.",
  ),
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
  backoff: told(
    object({
      base: backoffLeaves.base.optional(),
      factor: backoffLeaves.factor.optional(),
      max: backoffLeaves.max.optional(),
      jitter: backoffLeaves.jitter.optional(),
    }).optional(),
    backoffMeaning,
  ),
  when_limited: policyLeaves.when_limited.optional(),
  queue_max: policyLeaves.queue_max.optional(),
  when_exhausted: policyLeaves.when_exhausted.optional(),
  on_content_filtered: policyLeaves.on_content_filtered.optional(),
  on_length: policyLeaves.on_length.optional(),
});
