import { starterConfiguration } from "../../src/index.ts";

/** A key that must never be seen in what is said of a file that holds it. */
export const canary = "sk-test-canary0123456789";

const endpoint = "https://api.deepseek.com/v1/chat/completions";

const everything = {
  $schema: "./llm_configuration.schema.json",
  _note: "every key there is",
  providers: {
    one: {
      provider_name: "one",
      api_endpoint: "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions",
      api_key: canary,
      model_name: "qwen-flash",
      max_tokens: 150,
      temperature: 0.7,
      timeout: 30,
      retry_attempts: 3,
      protocol: "openai_chat",
      vendor: "qwen",
      provider_type: "cloud",
      enabled: true,
      priority: 3,
      capabilities: ["tools", "creative"],
      account: "team",
      context_window: 100_000,
      headers: { "x-team": `Bearer ${canary}` },
      extra_body: { top_k: 20, deep: { deeper: [1, { deepest: null }] } },
      thinking: "off",
      timeouts: { connect: 5, first_content: 20, idle: 20, total: 300 },
      rate_limit: { requests_per_minute: 600, tokens_per_minute: 1e6, max_concurrency: 8 },
      pricing: { input: 0.1, output: 0.4, cached_input: 0.01, as_of: "2026-11-01" },
    },
    two: { api_endpoint: endpoint, api_key: "env:TWO", model_name: "deepseek-flash" },
    "3": { api_endpoint: endpoint, api_key: "file:/run/secrets/three", model_name: "m" },
    local: {
      api_endpoint: "http://localhost:11434/v1/chat/completions",
      api_key: "not-required",
      model_name: "small",
      provider_type: "ollama",
      enabled: false,
    },
  },
  accounts: { team: { rate_limit: { requests_per_minute: 900 } } },
  routes: {
    default: { providers: ["two", "one", "3"] },
    diary: {
      description: "short texts",
      providers: ["one", "two"],
      capabilities: ["creative"],
      local_only: false,
      overrides: { max_tokens: 60, temperature: 0.9, timeout: 9, retry_attempts: 1 },
      failover: { deadline: 20, max_switches: 1, prefer: "fastest", backoff: { base: 0.5 } },
      rate_limit: { max_concurrency: 4 },
    },
  },
  failover: {
    deadline: 120,
    max_attempts: 6,
    max_switches: 5,
    switch_on_failure: true,
    switch_on_timeout: true,
    prefer: "order",
    retry: "same_first",
    backoff: { base: 1, factor: 2, max: 30, jitter: 1 },
    circuit_breaker: { failures: 5, failure_rate: 0.5, min_samples: 10, window: 60, open: 30 },
    retry_budget: { ratio: 0.2, per_second: 10 },
    when_limited: "wait",
    queue_max: 100,
    when_exhausted: "wait",
    on_content_filtered: "next",
    on_length: "fail",
  },
  failure_rules: [{ vendor: "qwen", status: 418, code: "teapot", message: "tea", kind: "quota" }],
};

const older = {
  providers: {
    qwen: { ...everything.providers.one, provider_name: "qwen", api_key: "your-qwen-api-key" },
    deepseek: { ...everything.providers.two, enabled: false, priority: 2, provider_type: "cloud" },
  },
  model_selection: {
    default_provider: "qwen",
    fallback_providers: ["deepseek"],
    enable_auto_switch: true,
    switch_on_timeout: false,
    max_switches_per_request: 3,
    auto_switch_rules: { enable_auto_switch: true, switch_on_failure: true },
    performance_settings: { prefer_fastest: true, prefer_cheapest: false, timeout_threshold: 10 },
    task_specific_models: {
      diary_writing: {
        preferred_providers: ["deepseek", "qwen"],
        model_settings: { max_tokens: 150, temperature: 0.8 },
      },
    },
  },
  usage_tracking: { enabled: true, track_cost: true },
  updated_at: "2025-09-14T23:23:53",
  updated_by: "admin",
};

/** Files from which wrong ones are made: every key, the older shapes, and the one init writes. */
export const bases: readonly object[] = [everything, older];

/** The same as texts, comments and all. */
export const baseTexts: readonly string[] = [
  JSON.stringify(everything, null, 2),
  JSON.stringify(older, null, "\t"),
  starterConfiguration.replaceAll('"api_key": ""', `"api_key": "${canary}"`),
];
