import type { FailureRow, VendorEndings } from "../failure-row.ts";
import { overlong } from "./overlong.ts";

const page = "developers.openai.com/api/docs/guides/error-codes";
const recorded = "crmne/ruby_llm spec/fixtures/vcr_cassettes";

const failures: readonly FailureRow[] = [
  {
    code: /^(insufficient_quota|credit_balance_exhausted)$/,
    kind: "quota",
    evidence: `${page}; vercel/ai packages/openai/src/responses/__fixtures__`,
  },
  { code: /_(spend|usage)_limit_exceeded$/, kind: "quota", evidence: page },
  { code: /^billing_(hard_limit_reached|not_active)$/, kind: "quota", evidence: page },
  {
    code: /^content_filter$|^ResponsibleAIPolicyViolation$|^content_policy_violation$/i,
    kind: "content_filtered",
    evidence: "learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter",
  },
  {
    code: /^invalid_prompt$/,
    message: /flagged/i,
    kind: "content_filtered",
    evidence: "developers.openai.com/api/docs/guides/reasoning",
  },
  ...overlong,
  {
    code: /^(model_not_found|DeploymentNotFound)$/,
    kind: "model_not_found",
    evidence: "pydantic/pydantic-ai tests/cassettes/test_model_name_suggestions",
  },
  { code: /^(invalid_api_key|401)$/, kind: "auth", evidence: recorded },
  {
    status: [403],
    message: /\bcredits\b/i,
    kind: "quota",
    evidence: "docs.x.ai/docs/key-information/debugging",
  },
  {
    code: /^(rate_limit_exceeded|slow_down|RateLimitReached|rate_limit_error)$/,
    kind: "rate_limited",
    evidence: `${page}; ${recorded}`,
  },
  {
    code: /^(server_is_overloaded|service_unavailable_error)$/,
    kind: "overloaded",
    evidence: page,
  },
  { status: [409], kind: "server", evidence: "openai/openai-node src/client.ts" },
  { code: /^server_error$/, kind: "server", evidence: page },
];

/** How OpenAI and Azure say that something is wrong; the rules for hosts that nobody knows too. */
export const openai: VendorEndings = { failures, finishes: {} };
