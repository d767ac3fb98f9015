import { errorRow, finishRow, type FaultBody } from "../fault-body.ts";

// Statuses: api-docs.deepseek.com/quick_start/error_codes. `error.code` says next to nothing here.
const code = "invalid_request_error";

type Row = readonly [
  name: string,
  kind: string,
  status: number,
  type: string,
  message: string,
  code?: string,
];

const rows: readonly Row[] = [
  [
    "context length",
    "context_length",
    400,
    code,
    "This model's maximum context length is 16384 tokens. However, you " +
      "requested 20000 tokens (20000 in the messages, 0 in the completion). " +
      "Please reduce the length of the messages or completion.",
  ],
  ["Content Exists Risk", "content_filtered", 400, code, "Content Exists Risk"],
  [
    "retired model",
    "model_not_found",
    400,
    code,
    "The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but " +
      "you passed deepseek-chat.",
  ],
  ["Model Not Exist", "model_not_found", 400, code, "Model Not Exist"],
  [
    "reasoning_content",
    "bad_request",
    400,
    code,
    "The `reasoning_content` in the thinking mode must be passed back to the API.",
  ],
  [
    "invalid parameters",
    "bad_request",
    422,
    code,
    "Failed to deserialize the JSON body into the target type: messages[0]: " +
      "missing field `content` at line 1 column 40",
  ],
  [
    "authentication_error",
    "auth",
    401,
    "authentication_error",
    "Authentication Fails, Your api key: ****-key is invalid",
  ],
  ["Insufficient Balance", "quota", 402, "unknown_error", "Insufficient Balance"],
  [
    "concurrency",
    "rate_limited",
    429,
    "rate_limit_error",
    "Too many requests. Your current concurrency is 26, which exceeds your " +
      "concurrency limit of 25 based on your remaining balance. Please top up your " +
      "balance to restore your concurrency.",
  ],
  ["rate limit", "rate_limited", 429, "rate_limit_error", "Rate limit reached"],
  ["server error", "server", 500, "server_error", "Server error"],
  ["bad gateway", "server", 502, "server_error", "Bad gateway"],
  ["gateway timeout", "server", 504, "server_error", "Gateway timeout"],
  [
    "service_unavailable_error",
    "overloaded",
    503,
    "service_unavailable_error",
    "Service is too busy. We advise users to temporarily switch to alternative " +
      "LLM API service providers.",
    "service_unavailable_error",
  ],
];

const tooLarge = "Failed to buffer the request body: length limit exceeded";

/** Every row of DeepSeek's table. */
export const deepseekBodies: readonly FaultBody[] = [
  ...rows.map(([name, kind, status, type, message, stated = code]) =>
    errorRow("deepseek", name, kind, { status, type, message, code: stated }),
  ),
  errorRow("deepseek", "body too large", "bad_request", {
    status: 413,
    code: null,
    message: tooLarge,
    plain: { contentType: "text/plain; charset=utf-8", body: tooLarge },
  }),
  finishRow("deepseek", "insufficient_system_resource", "overloaded"),
  finishRow("deepseek", "aborted", "overloaded"),
  finishRow("deepseek", "content_filter", "content_filtered"),
];
