import { describe, expect, test } from "vitest";
import type { FailureKind } from "../../failure.ts";
import type { Vendor } from "../../snapshot.ts";
import { classify } from "../classify.ts";
import { readErrorBody } from "../error-body.ts";
import { findRow, subjectOf } from "../failure-table.ts";
import { anyVendor, strangers } from "./any.ts";
import { endings } from "./endings.ts";

type Sample = readonly [
  status: number,
  body: unknown,
  kind: FailureKind,
  more?: Readonly<Record<string, unknown>>,
];

const flat = (code: string, message = "Something happened."): unknown => ({
  code,
  message,
  request_id: "r-1",
});
const openaiError = (
  code: string | null,
  message = "Something happened.",
  type = "x",
): unknown => ({
  error: { message, type, param: null, code },
});
const deepseekError = (message: string, type = "invalid_request_error"): unknown =>
  openaiError("invalid_request_error", message, type);

const qwen: readonly Sample[] = [
  [401, flat("InvalidApiKey", "Invalid API-key provided."), "auth"],
  [401, openaiError("invalid_api_key", "Incorrect API key provided."), "auth"],
  [401, flat("NOT AUTHORIZED"), "auth"],
  [401, openaiError(null, "invalid access token or token expired"), "auth"],
  [401, "", "auth"],
  [401, { message: "no" }, "auth"],
  [403, flat("AccessDenied", "Access denied."), "auth"],
  [403, openaiError("access_denied"), "auth"],
  [403, flat("Workspace.AccessDenied"), "auth"],
  [403, flat("Model.AccessDenied", "Model access denied."), "auth", { scope: "key_model" }],
  [403, flat("AccessDenied.Unpurchased"), "quota"],
  [403, flat("AllocationQuota.FreeTierOnly"), "quota", { scope: "account_model" }],
  [403, flat("AllocationQuota.Other"), "quota"],
  [400, flat("Arrearage"), "quota"],
  [429, flat("CommodityNotPurchased"), "quota"],
  [429, flat("PrepaidBillOverdue"), "quota"],
  [429, flat("PostpaidBillOverdue"), "quota"],
  [429, flat("BudgetLimitExceeded"), "quota"],
  [429, flat("Throttling.AllocationQuota", "Free allocated quota exceeded."), "quota"],
  [429, flat("QuotaExhausted"), "quota"],
  [
    429,
    openaiError(
      "429",
      "Your token-plan 1-week quota has been exhausted. It will reset at 11-23 00:00:00 UTC.",
    ),
    "quota",
    { retryAfterMs: 86_400_000 },
  ],
  [429, flat("Throttling", "Requests throttling triggered."), "rate_limited"],
  [429, flat("Throttling.RateQuota"), "rate_limited"],
  [429, flat("LimitRequests"), "rate_limited"],
  [
    429,
    openaiError("limit_requests", "You have exceeded your current request limit."),
    "rate_limited",
  ],
  [429, openaiError("limit_burst_rate", "Request rate increased too quickly."), "rate_limited"],
  [429, flat("Throttling.BurstRate"), "rate_limited"],
  [429, flat("Throttling.Concurrency"), "rate_limited"],
  [429, flat("Throttling.AllocationQuota", "Allocated quota exceeded."), "rate_limited"],
  [429, openaiError("insufficient_quota", "You exceeded your current quota."), "rate_limited"],
  [429, openaiError(null, "Allocated quota exceeded, please increase it."), "rate_limited"],
  [400, openaiError(null, "Too many requests, please wait"), "rate_limited"],
  [
    500,
    flat("Wrapped", "<429> InternalError.Algo: An error. [Too many requests.]"),
    "rate_limited",
  ],
  [429, flat("Unheard.Of"), "rate_limited"],
  [429, flat("Throttling.ServiceOverloaded"), "overloaded"],
  [429, flat("Throttling.ResourceExhausted"), "overloaded"],
  [429, flat("Throttling.Aborted"), "overloaded"],
  [429, flat("Throttling.RateQuota", '{"error":{"code":"EngineOverloadedError"}}'), "overloaded"],
  [500, flat("ModelServingError", "Too many requests. System capacity limits."), "overloaded"],
  [503, flat("ModelUnavailable"), "overloaded"],
  [503, flat("ServiceUnavailable"), "overloaded"],
  [400, flat("DataInspectionFailed"), "content_filtered"],
  [400, openaiError("data_inspection_failed"), "content_filtered"],
  [400, flat("ResponseDataInspectionFailed"), "content_filtered"],
  [400, flat("IPInfringementSuspect"), "content_filtered"],
  [400, flat("CustomRoleBlocked"), "content_filtered"],
  [400, flat("FaqRuleBlocked"), "content_filtered"],
  [
    400,
    flat("InvalidParameter", "Range of input length should be [1, 30720]"),
    "context_length",
    { contextWindow: 30_720 },
  ],
  [
    400,
    openaiError(
      "invalid_parameter_error",
      "<400> X.Y: Range of input length should be [1, 129024]",
    ),
    "context_length",
    { contextWindow: 129_024 },
  ],
  [400, openaiError("too_many_prompt_tokens"), "context_length"],
  [400, flat("InvalidParameter", "url error, please check url！"), "bad_request"],
  [400, flat("InvalidParameter", "'messages' must contain the word 'json'"), "bad_request"],
  [
    400,
    openaiError("invalid_parameter_error", "enable_thinking must be set to false"),
    "bad_request",
  ],
  [400, flat("BadRequest.EmptyInput"), "bad_request"],
  [400, flat("InvalidURL"), "bad_request"],
  [400, flat("Something.New"), "bad_request"],
  [413, flat("BadRequest.TooLarge"), "bad_request"],
  [413, flat("RequestBodyTooLarge"), "bad_request"],
  [404, flat("ModelNotFound", "Model can not be found."), "model_not_found"],
  [404, openaiError("model_not_found", "The model does not exist."), "model_not_found"],
  [400, openaiError("model_not_supported"), "model_not_found"],
  [400, flat("InvalidParameter", "Model not exist."), "model_not_found"],
  [404, flat("WorkSpaceNotFound"), "auth"],
  [404, flat("NotFound", "Not found!"), "model_not_found"],
  [404, "", "model_not_found"],
  [409, flat("Conflict"), "bad_request"],
  [500, flat("RequestTimeOut", "Request timed out."), "timeout"],
  [500, flat("InternalError.Timeout"), "timeout"],
  [504, flat("ResponseTimeout"), "timeout"],
  [504, flat("GatewayTimeout.Model"), "timeout"],
  [500, flat("InternalError"), "server"],
  [500, openaiError("internal_error"), "server"],
  [500, flat("InternalError.Algo"), "server"],
  [500, flat("SystemError"), "server"],
  [500, flat("ModelServiceFailed"), "server"],
  [500, flat("Unheard.Of"), "server"],
];

const deepseek: readonly Sample[] = [
  [
    400,
    deepseekError("This model's maximum context length is 1048565 tokens. However, …"),
    "context_length",
    { contextWindow: 1_048_565 },
  ],
  [400, openaiError("context_length_exceeded"), "context_length"],
  [400, deepseekError("Content Exists Risk"), "content_filtered"],
  [400, deepseekError("The supported API model names are deepseek-v4-pro."), "model_not_found"],
  [400, deepseekError("Model Not Exist"), "model_not_found"],
  [400, deepseekError("The `reasoning_content` … must be passed back to the API."), "bad_request"],
  [400, deepseekError("Invalid max_tokens value"), "bad_request"],
  [422, deepseekError("Failed to deserialize"), "bad_request"],
  [401, deepseekError("Authentication Fails, Your api key: ****-key is invalid"), "auth"],
  [200, deepseekError("Authentication Fails", "authentication_error"), "auth"],
  [402, deepseekError("Insufficient Balance", "unknown_error"), "quota"],
  [200, deepseekError("Insufficient Balance", "unknown_error"), "quota"],
  [413, "Failed to buffer the request body: length limit exceeded", "bad_request"],
  [
    429,
    deepseekError(
      "Your current concurrency is 26, which exceeds your concurrency limit of 25 based on " +
        "your remaining balance. Please top up your balance.",
      "rate_limit_error",
    ),
    "rate_limited",
    { concurrencyLimit: 25 },
  ],
  [429, deepseekError("Rate limit reached"), "rate_limited"],
  [200, deepseekError("Slow down", "rate_limit_error"), "rate_limited"],
  [500, deepseekError("Server error"), "server"],
  [502, "<html>", "server"],
  [504, "", "server"],
  [503, deepseekError("Service is too busy."), "overloaded"],
  [200, deepseekError("Service is too busy.", "service_unavailable_error"), "overloaded"],
];

const openai: readonly Sample[] = [
  [401, openaiError("invalid_api_key", "Incorrect API key provided: sk-test-1234"), "auth"],
  [401, openaiError("401", "Access denied due to invalid subscription key."), "auth"],
  [200, openaiError("invalid_api_key"), "auth"],
  [403, openaiError(null, "Country, region, or territory not supported"), "auth"],
  [403, "<html>Blocked</html>", "network"],
  [403, { error: "Your team has used all available credits" }, "quota"],
  [429, openaiError("insufficient_quota", "You exceeded your current quota."), "quota"],
  [429, openaiError("credit_balance_exhausted"), "quota"],
  [429, openaiError("organization_spend_limit_exceeded"), "quota"],
  [429, openaiError("project_spend_limit_exceeded"), "quota"],
  [429, openaiError("organization_usage_limit_exceeded"), "quota"],
  [400, openaiError("billing_hard_limit_reached"), "quota"],
  [429, openaiError("rate_limit_exceeded", "Rate limit reached", "tokens"), "rate_limited"],
  [429, openaiError("slow_down", "Slow down", "rate_limit_error"), "rate_limited"],
  [503, openaiError("slow_down"), "rate_limited"],
  [429, openaiError("RateLimitReached"), "rate_limited"],
  [429, "Too Many Requests", "rate_limited"],
  [400, openaiError("context_length_exceeded"), "context_length"],
  [
    400,
    openaiError(null, "This model's maximum context length is 8192 tokens."),
    "context_length",
    { contextWindow: 8_192 },
  ],
  [400, openaiError("content_filter", "The response was filtered"), "content_filtered"],
  [
    400,
    { error: { code: "400", message: "x", innererror: { code: "ResponsibleAIPolicyViolation" } } },
    "content_filtered",
  ],
  [400, openaiError("invalid_prompt", "flagged as potentially violating"), "content_filtered"],
  [400, openaiError("invalid_prompt", "Bad prompt"), "bad_request"],
  [404, openaiError("model_not_found"), "model_not_found"],
  [400, openaiError("model_not_found"), "model_not_found"],
  [404, openaiError("DeploymentNotFound"), "model_not_found"],
  [400, openaiError("unsupported_parameter"), "bad_request"],
  [422, openaiError(null), "bad_request"],
  [408, openaiError(null), "timeout"],
  [409, openaiError(null), "server"],
  [500, openaiError("server_error"), "server"],
  [502, "", "server"],
  [504, "", "server"],
  [503, openaiError("server_is_overloaded"), "overloaded"],
  [500, openaiError("x", "busy", "service_unavailable_error"), "overloaded"],
  [503, "", "overloaded"],
  [200, openaiError("server_error"), "server"],
  [200, openaiError(null), "server"],
  // Servers that follow OpenAI's format in their own way.
  [400, { code: "invalid-argument", error: "Incorrect API key provided." }, "auth"],
  [400, [{ error: { code: 400, message: "API key not valid. Please pass a valid one." } }], "auth"],
  [401, { detail: "Invalid API Key" }, "auth"],
  [422, { detail: [{ msg: "Extra inputs are not permitted" }] }, "bad_request"],
  [402, { error: { code: 402, message: "Insufficient credits" } }, "quota"],
  [200, openaiError(null, "x", "payment_required"), "quota"],
  [400, openaiError("tool_use_failed"), "malformed"],
  [498, openaiError(null), "overloaded"],
  [529, openaiError(null), "overloaded"],
  [500, openaiError(null, "Loading model", "unavailable_error"), "overloaded"],
  [400, { object: "error", message: "Prompt exceeds max length", code: 400 }, "context_length"],
  [410, openaiError(null, "This model was retired"), "model_not_found"],
  [405, "", "model_not_found"],
  [301, "<html>Moved</html>", "model_not_found"],
  [407, "<html>Proxy</html>", "network"],
  [413, "<html>Request Entity Too Large</html>", "bad_request"],
  [403, "", "auth"],
];

const at = Date.parse("2026-11-22T00:00:00Z");
const text = (body: unknown): string => (typeof body === "string" ? body : JSON.stringify(body));

const samples: readonly (readonly [Vendor, readonly Sample[]])[] = [
  ["qwen", qwen],
  ["deepseek", deepseek],
  ["openai", openai],
];

for (const [vendor, rows] of samples) {
  describe(vendor, () => {
    for (const [status, body, kind, more = {}] of rows) {
      test(`${status} ${text(body)} is ${kind}`, () => {
        const failure = classify(vendor, { status, headers: {}, body: text(body), at }, []);
        expect(failure).toMatchObject({ kind, ...more });
        expect(failure.message).not.toContain("sk-test");
        if (status !== 200) expect(failure.status).toBeDefined();
      });
    }
  });
}

test("no row of any table goes untried", () => {
  const tried = new Set(
    samples.flatMap(([vendor, rows]) =>
      rows.map(([status, body]) => findRow(vendor, subjectOf(readErrorBody(text(body)), status))),
    ),
  );
  const all = [
    ...strangers,
    ...anyVendor.failures,
    ...Object.values(endings).flatMap((e) => e.failures),
  ];
  expect(all.filter((row) => !tried.has(row))).toEqual([]);
});
