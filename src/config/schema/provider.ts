import { z } from "zod";
import {
  anyText,
  choice,
  flag,
  number,
  object,
  seconds,
  table,
  text,
  told,
  whole,
} from "../leaves.ts";
import { protocols, vendors } from "../spoken.ts";
import { defaults } from "./defaults.ts";

/** The times of one attempt, as the file has them. */
export const timeoutsSchema = object({
  connect: told(
    seconds().optional(),
    "Seconds until the connection stands; else 10, or `timeout`.",
  ),
  first_content: told(
    seconds().optional(),
    "Of a stream: seconds until the first text, thought or tool call; else `timeout`.",
  ),
  idle: told(
    seconds().optional(),
    "Of a stream: seconds without content while waiting for the provider; else `timeout`.",
  ),
  total: told(
    seconds().optional(),
    "Seconds until the end: of a stream 600 if left out, of a whole answer `timeout`.",
  ),
});

/** Limits we keep ourselves, as the file has them. */
export const rateLimitSchema = object({
  requests_per_minute: told(
    number("a number of requests", 0.01, 10_000_000).optional(),
    "The most requests in any minute.",
    60,
  ),
  tokens_per_minute: told(
    whole(1, 10_000_000_000).optional(),
    "The most tokens in any minute, prompts and answers together; estimated until an answer tells.",
    100_000,
  ),
  max_concurrency: told(whole(1, 1_000_000).optional(), "The most requests at one time.", 4),
});

/** One account that providers share, as the file has it. */
export const accountSchema = object({
  rate_limit: told(
    rateLimitSchema.default({}),
    "What all providers of the account together may be asked.",
  ),
});

const dollars = () => number("a price in dollars for a million tokens,", 0, 100_000);

/** What a provider charges, as the file has it. */
export const pricingSchema = object({
  input: told(dollars(), "US dollars for a million tokens of prompt.", 0.28),
  output: told(dollars(), "US dollars for a million tokens of answer.", 0.42),
  cached_input: told(
    dollars().optional(),
    "US dollars for a million tokens of prompt found in a cache; left out, as `input`.",
  ),
  as_of: told(
    text('text: the day the prices were read, as in "2026-11-01"').optional(),
    "The day the prices were read.",
    "2026-11-01",
  ),
});

/** What thinking may be asked for. */
export const thinkingSchema = choice(["off", "on", "vendor"]);

/** Words a provider is fit for, or a route needs. */
export const capabilitiesSchema = z.array(text("a word, as in tools"), {
  error: "must be a list of words: [ … ]",
});

/** One provider as the file has it. */
export const providerSchema = object({
  provider_name: told(
    text("text: the provider's name").optional(),
    "The name again; it must be the entry's own key, and may be left out.",
  ),
  api_endpoint: told(
    text("text: the URL requests are sent to"),
    "Where requests are sent. A base URL without its path is completed.",
    "https://api.deepseek.com/v1/chat/completions",
  ),
  api_key: told(
    anyText("text: a key, or better where it is"),
    "The variable or file with the key; empty: the vendor's usual variable; `none`: needs none.",
    "env:DEEPSEEK_API_KEY",
    "${DASHSCOPE_API_KEY}",
    "file:/run/secrets/qwen",
  ),
  model_name: told(
    text("text: the model's name"),
    "The model, as the vendor names it.",
    "deepseek-flash",
    "qwen-flash",
  ),
  max_tokens: told(
    whole(1, 10_000_000).nullable().default(defaults.maxTokens),
    "The longest answer, in tokens, thoughts included; null leaves it to the vendor.",
  ),
  temperature: told(
    number("a number", 0, 2).nullable().default(defaults.temperature),
    "How varied answers are; null leaves it to the vendor.",
  ),
  timeout: told(
    seconds().default(defaults.timeout),
    "Seconds that one attempt may take: a whole answer, or a stream's first content.",
  ),
  retry_attempts: told(
    whole(0, 20).default(defaults.retryAttempts),
    "All tries at this provider for one request, the first too.",
  ),
  protocol: told(
    choice(protocols).optional(),
    "The wire format; known from the host or the path if left out.",
  ),
  vendor: told(
    choice(vendors).optional(),
    "Whose errors and ways are expected; known from the host or the path if left out.",
  ),
  provider_type: told(
    choice(["cloud", "ollama", "local"]).optional(),
    "Where it runs: a `cloud` at an address of this machine is a relay, and not local.",
  ),
  enabled: told(flag.default(true), "Whether it is asked at all; it can be enabled while running."),
  priority: told(
    number("a number, lower is earlier,", 0, defaults.priority).default(defaults.priority),
    "Lower is asked earlier on routes that name no providers; ties keep the file's order.",
  ),
  capabilities: told(
    capabilitiesSchema.optional(),
    "All that it is fit for, in words; left out, it is taken to be fit for whatever is not known.",
    ["tools", "json_schema", "creative"],
  ),
  account: told(
    text("text: the account's name").optional(),
    "Providers of one account share its limits and its credit.",
    "team-a",
  ),
  context_window: told(
    whole(1, 100_000_000).optional(),
    "How much the model can read, in tokens; known for many models.",
  ),
  headers: told(
    table(anyText("text: the header's value")).default({}),
    "Headers added to every request. Their values are secrets, and may be references as keys are.",
    { "x-team": "env:TEAM_TOKEN" },
  ),
  extra_body: told(
    table(z.unknown()).default({}),
    "Fields added to the body of every request, as the vendor names them.",
    { top_k: 20 },
  ),
  thinking: told(
    thinkingSchema.optional(),
    "Whether the model thinks first; `vendor` says nothing. Left out: off where that is known.",
  ),
  timeouts: told(timeoutsSchema.default({}), "The times of one attempt, one by one."),
  rate_limit: told(rateLimitSchema.default({}), "What it may be asked at most."),
  pricing: told(pricingSchema.optional(), "What it charges; known for some models."),
});
