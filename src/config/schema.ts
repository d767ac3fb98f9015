import { z } from "zod";
import type { FailureKind } from "../failure.ts";
import { consequences } from "../failure.ts";
import { anyText, choice, flag, number, object, seconds, table, text, whole } from "./leaves.ts";
import { protocols, vendors } from "./spoken.ts";

/** What bounds a file before it is read: bytes, depth of nesting, entries of a list or table. */
export const fileLimits = { bytes: 1_000_000, nesting: 64, entries: 1_000 } as const;

/** What stands where the file says nothing: durations in seconds. */
export const defaults = {
  maxTokens: 150,
  temperature: 0.7,
  timeout: 30,
  retryAttempts: 3,
  connect: 10,
  streamTotal: 600,
  longestDeadline: 600,
  /** The last place: whoever says no priority comes after those who do. */
  priority: 1_000,
  backoff: { base: 1, factor: 2, max: 30, jitter: 1 },
  circuitBreaker: {
    failures: 5,
    failureRate: 0.5,
    minSamples: 10,
    window: 60,
    open: 30,
    openMax: 600,
  },
  retryBudget: { ratio: 0.2, perSecond: 10 },
  /** Requests that may wait for a turn at one provider. */
  queueMax: 1_000,
} as const;

const timeoutsSchema = object({
  connect: seconds().optional(),
  first_content: seconds().optional(),
  idle: seconds().optional(),
  total: seconds().optional(),
});

const rateLimitSchema = object({
  requests_per_minute: number("a number of requests", 0.01, 10_000_000).optional(),
  tokens_per_minute: whole(1, 10_000_000_000).optional(),
  max_concurrency: whole(1, 1_000_000).optional(),
});

const accountSchema = object({ rate_limit: rateLimitSchema.default({}) });

const providerSchema = object({
  provider_name: text("text: the provider's name").optional(),
  api_endpoint: text("text: the URL requests are sent to"),
  api_key: anyText("text: a key, or better where it is"),
  model_name: text("text: the model's name"),
  max_tokens: whole(1, 10_000_000).nullable().default(defaults.maxTokens),
  temperature: number("a number", 0, 2).nullable().default(defaults.temperature),
  timeout: seconds().default(defaults.timeout),
  retry_attempts: whole(0, 20).default(defaults.retryAttempts),
  protocol: choice(protocols).optional(),
  vendor: choice(vendors).optional(),
  enabled: flag.default(true),
  priority: number("a number, lower is earlier,", 0, defaults.priority).default(defaults.priority),
  capabilities: z
    .array(text("a word, as in tools"), { error: "must be a list of words: [ … ]" })
    .optional(),
  account: text("text: the account's name").optional(),
  context_window: whole(1, 100_000_000).optional(),
  headers: table(anyText("text: the header's value")).default({}),
  extra_body: table(z.unknown()).default({}),
  thinking: choice(["off", "on", "vendor"]).optional(),
  timeouts: timeoutsSchema.default({}),
  rate_limit: rateLimitSchema.default({}),
});

const backoffSchema = object({
  base: seconds().default(defaults.backoff.base),
  factor: number("a number", 1, 100).default(defaults.backoff.factor),
  max: seconds().default(defaults.backoff.max),
  jitter: seconds(0).default(defaults.backoff.jitter),
});

const breakerSchema = object({
  failures: whole(1, 1_000_000).default(defaults.circuitBreaker.failures),
  failure_rate: number("a share", 0.01, 1).default(defaults.circuitBreaker.failureRate),
  min_samples: whole(1, 1_000_000).default(defaults.circuitBreaker.minSamples),
  window: seconds(1).default(defaults.circuitBreaker.window),
  open: seconds().default(defaults.circuitBreaker.open),
  open_max: seconds().default(defaults.circuitBreaker.openMax),
});

const budgetSchema = object({
  ratio: number("a share", 0, 10).default(defaults.retryBudget.ratio),
  per_second: number("a number", 0, 100_000).default(defaults.retryBudget.perSecond),
});

const failoverSchema = object({
  deadline: seconds().optional(),
  max_attempts: whole(1, 1_000).optional(),
  retry: choice(["same_first", "switch_first"]).default("same_first"),
  backoff: backoffSchema.prefault({}),
  circuit_breaker: breakerSchema.prefault({}),
  retry_budget: budgetSchema.prefault({}),
  when_limited: choice(["next", "wait"]).default("next"),
  queue_max: whole(0, 1_000_000).default(defaults.queueMax),
  when_exhausted: choice(["fail", "wait"]).default("fail"),
  on_content_filtered: choice(["stop", "next"]).default("stop"),
  on_length: choice(["accept", "fail"]).default("accept"),
});

// What only a request as a whole can come to.
const wholeKinds: ReadonlySet<string> = new Set(["unavailable", "deadline", "aborted"]);
const failureKinds = Object.keys(consequences).filter((kind) => !wholeKinds.has(kind)) as [
  FailureKind,
  ...FailureKind[],
];

const failureRuleSchema = object({
  vendor: choice(vendors).optional(),
  status: whole(100, 599).optional(),
  code: text("text: the vendor's code").optional(),
  message: text("text: a part of the vendor's message").optional(),
  kind: choice(failureKinds),
});

/** What the file may say; every leaf's error is the end of a sentence that begins with its name. */
export const fileSchema = object({
  $schema: z.unknown().optional(),
  providers: table(providerSchema),
  accounts: table(accountSchema).default({}),
  failover: failoverSchema.prefault({}),
  failure_rules: z.array(failureRuleSchema, { error: "must be a list: [ … ]" }).default([]),
});

/** One provider as the file has it, its defaults filled in. */
export type ProviderSettings = z.output<typeof providerSchema>;

/** The limits of one account that providers share, as the file has it. */
export type AccountSettings = z.output<typeof accountSchema>;

/** How requests move among providers, as the file has it, its defaults filled in. */
export type FailoverSettings = z.output<typeof failoverSchema>;

/** One of the operator's own failure rules. */
export type FailureRuleSettings = z.output<typeof failureRuleSchema>;

/** The known keys of each kind of object. */
export const knownKeys = {
  file: Object.keys(fileSchema.shape),
  provider: Object.keys(providerSchema.shape),
  timeouts: Object.keys(timeoutsSchema.shape),
  rateLimit: Object.keys(rateLimitSchema.shape),
  account: Object.keys(accountSchema.shape),
  failover: Object.keys(failoverSchema.shape),
  backoff: Object.keys(backoffSchema.shape),
  circuitBreaker: Object.keys(breakerSchema.shape),
  retryBudget: Object.keys(budgetSchema.shape),
  failureRule: Object.keys(failureRuleSchema.shape),
} as const;
