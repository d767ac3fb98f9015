import { azureRows, type OpenaiRow } from "./openai-azure.ts";
import { errorRow, finishRow, type FaultBody } from "../fault-body.ts";

// Codes: developers.openai.com/api/docs/guides/error-codes.
const request = "invalid_request_error";
const billing =
  "You exceeded your current quota, please check your plan and billing " +
  "details. For more information on this error, read the docs: " +
  "https://platform.openai.com/docs/guides/error-codes/api-errors.";

const rows: readonly OpenaiRow[] = [
  [
    "auth",
    401,
    "invalid_api_key",
    request,
    "Incorrect API key provided: sk-********-key. You can find your API key at " +
      "https://platform.openai.com/account/api-keys.",
  ],
  [
    "auth",
    403,
    "unsupported_country_region_territory",
    "request_forbidden",
    "Country, region, or territory not supported",
  ],
  ["quota", 429, "insufficient_quota", "insufficient_quota", billing],
  [
    "quota",
    429,
    "credit_balance_exhausted",
    "insufficient_quota",
    "Your credit balance is exhausted.",
  ],
  [
    "quota",
    429,
    "organization_spend_limit_exceeded",
    "insufficient_quota",
    "Your organization has reached its spend limit.",
  ],
  [
    "quota",
    429,
    "project_spend_limit_exceeded",
    "insufficient_quota",
    "Your project has reached its spend limit.",
  ],
  [
    "quota",
    429,
    "organization_usage_limit_exceeded",
    "insufficient_quota",
    "Your organization has reached its usage limit.",
  ],
  [
    "rate_limited",
    429,
    "rate_limit_exceeded",
    "tokens",
    "Rate limit reached for gpt-5.4-mini in organization org-simulated on tokens " +
      "per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 2s.",
  ],
  ["rate_limited", 429, "slow_down", "rate_limit_error", "Slow down: reduce your request rate."],
  ["rate_limited", 429, null, null, "Too many requests.", "unknown 429"],
  [
    "context_length",
    400,
    "context_length_exceeded",
    request,
    "This model's maximum context length is 16384 tokens. However, your " +
      "messages resulted in 20000 tokens. Please reduce the length of the messages.",
  ],
  [
    "context_length",
    400,
    "context_length_exceeded",
    request,
    "Your input exceeds the context window of this model. Please adjust your input and try again.",
    "context window",
  ],
  [
    "content_filtered",
    400,
    "invalid_prompt",
    request,
    "Invalid prompt: your prompt was flagged as potentially violating our usage " +
      "policy. Please try again with a different prompt.",
  ],
  [
    "model_not_found",
    404,
    "model_not_found",
    request,
    "The model `gpt-4-32k` does not exist or you do not have access to it.",
  ],
  [
    "model_not_found",
    400,
    "model_not_found",
    request,
    "The requested model 'gpt-4-32k' does not exist.",
    "model_not_found 400",
  ],
  [
    "bad_request",
    400,
    "unsupported_parameter",
    request,
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use " +
      "'max_completion_tokens' instead.",
  ],
  [
    "bad_request",
    400,
    "unsupported_value",
    request,
    "Unsupported value: 'temperature' does not support 0.7 with this model. Only " +
      "the default (1) value is supported.",
  ],
  ["bad_request", 422, null, request, "Unprocessable entity.", "422"],
  ["timeout", 408, null, "timeout", "Request timed out.", "408"],
  ["server", 409, null, "conflict", "The resource was updated by another process", "409"],
  [
    "server",
    500,
    "server_error",
    "server_error",
    "The server had an error while processing your request. Sorry about that!",
  ],
  [
    "server",
    500,
    null,
    "server_error",
    "The server had an error while processing your request. Sorry about that!",
    "500",
  ],
  ["server", 502, null, "server_error", "Bad gateway.", "502"],
  [
    "overloaded",
    503,
    "server_is_overloaded",
    "service_unavailable_error",
    "The server is overloaded or not ready yet.",
  ],
];

/** Every row of OpenAI's table, and of Azure's. */
export const openaiBodies: readonly FaultBody[] = [
  ...[...rows, ...azureRows].map(
    ([kind, status, code, type, message, name = code ?? String(status)]) => {
      const headers = { "retry-after": "2", "retry-after-ms": "2000" };
      const waits = code === "rate_limit_exceeded" || code === "slow_down";
      const error = { status, code, type, message, ...(waits ? { headers } : {}) };
      return errorRow("openai", name, kind, error);
    },
  ),
  finishRow("openai", "content_filter", "content_filtered"),
];
