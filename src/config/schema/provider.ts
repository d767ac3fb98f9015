import { z } from "zod";
import { anyText, choice, flag, number, object, seconds, table, text, whole } from "../leaves.ts";
import { protocols, vendors } from "../spoken.ts";
import { defaults } from "./defaults.ts";

/** The times of one attempt, as the file has them. */
export const timeoutsSchema = object({
  connect: seconds().optional(),
  first_content: seconds().optional(),
  idle: seconds().optional(),
  total: seconds().optional(),
});

/** Limits we keep ourselves, as the file has them. */
export const rateLimitSchema = object({
  requests_per_minute: number("a number of requests", 0.01, 10_000_000).optional(),
  tokens_per_minute: whole(1, 10_000_000_000).optional(),
  max_concurrency: whole(1, 1_000_000).optional(),
});

/** One account that providers share, as the file has it. */
export const accountSchema = object({ rate_limit: rateLimitSchema.default({}) });

const dollars = () => number("a price in dollars for a million tokens,", 0, 100_000);

/** What a provider charges, as the file has it. */
export const pricingSchema = object({
  input: dollars(),
  output: dollars(),
  cached_input: dollars().optional(),
  as_of: text('text: the day the prices were read, as in "2026-11-01"').optional(),
});

/** What thinking may be asked for. */
export const thinkingSchema = choice(["off", "on", "vendor"]);

/** Words a provider is fit for, or a route needs. */
export const capabilitiesSchema = z.array(text("a word, as in tools"), {
  error: "must be a list of words: [ … ]",
});

/** One provider as the file has it. */
export const providerSchema = object({
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
  provider_type: choice(["cloud", "ollama", "local"]).optional(),
  enabled: flag.default(true),
  priority: number("a number, lower is earlier,", 0, defaults.priority).default(defaults.priority),
  capabilities: capabilitiesSchema.optional(),
  account: text("text: the account's name").optional(),
  context_window: whole(1, 100_000_000).optional(),
  headers: table(anyText("text: the header's value")).default({}),
  extra_body: table(z.unknown()).default({}),
  thinking: thinkingSchema.optional(),
  timeouts: timeoutsSchema.default({}),
  rate_limit: rateLimitSchema.default({}),
  pricing: pricingSchema.optional(),
});
