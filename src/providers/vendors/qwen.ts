import type { FailureRow, VendorEndings } from "../failure-row.ts";
import { overlong } from "./overlong.ts";

const page = "help.aliyun.com/zh/model-studio/error-code";

const account: readonly FailureRow[] = [
  {
    code: /FreeTierOnly/i,
    kind: "quota",
    scope: "account_model",
    advice: "turn off the free-tier-only mode in the console, or wait for the free quota",
    evidence: page,
  },
  {
    message: /free allocated quota exceeded/i,
    kind: "quota",
    scope: "account_model",
    evidence: page,
  },
  {
    message: /plan\b.*\bquota has been exhausted|will reset at/i,
    kind: "quota",
    evidence: "QwenLM/qwen-code packages/core/src/utils/quotaErrorDetection.ts",
  },
  {
    code: /^QuotaExhausted$|^AllocationQuota\./i,
    kind: "quota",
    evidence: `${page}; QwenLM/qwen-code packages/core/src/utils/quotaErrorDetection.ts`,
  },
  {
    code: /^(CommodityNotPurchased|PrepaidBillOverdue|PostpaidBillOverdue|BudgetLimitExceeded)$/i,
    kind: "quota",
    evidence: page,
  },
  { code: /^Arrearage$/i, kind: "quota", evidence: page },
  { code: /^AccessDenied\.Unpurchased$/i, kind: "quota", evidence: page },
];

const access: readonly FailureRow[] = [
  {
    code: /^Model\.AccessDenied$/i,
    kind: "auth",
    scope: "key_model",
    advice: "grant this key's workspace the model, or choose another",
    evidence: page,
  },
  {
    code: /^(InvalidApiKey|invalid_api_key|NOT[ _]AUTHORIZED)$/i,
    kind: "auth",
    advice: "check api_key: it belongs to one region and one billing plan",
    evidence: page,
  },
  {
    code: /^(((App|Workspace|Endpoint)\.)?AccessDenied|access_denied)$/i,
    kind: "auth",
    advice: "check what the key's workspace may use",
    evidence: page,
  },
  { message: /invalid access token or token expired/i, kind: "auth", evidence: page },
  { code: /^WorkSpaceNotFound$/i, kind: "auth", advice: "check the workspace", evidence: page },
];

const load: readonly FailureRow[] = [
  {
    code: /^Throttling\.(ServiceOverloaded|ResourceExhausted|Aborted)$|^EngineOverloadedError$/i,
    kind: "overloaded",
    evidence: page,
  },
  {
    code: /^(ModelServingError|ModelUnavailable|ServiceUnavailable)$/i,
    kind: "overloaded",
    evidence: page,
  },
  {
    // Means a limit by the minute here, whatever its wording says of plans and billing.
    code: /^(Throttling\.AllocationQuota|insufficient_quota)$/i,
    kind: "rate_limited",
    evidence: `${page}#token-limit; can1357/oh-my-pi#8496`,
  },
  {
    message: /allocated quota exceeded|exceeded your current quota/i,
    kind: "rate_limited",
    evidence: `${page}#token-limit`,
  },
  {
    code: /^Throttling(\.(RateQuota|BurstRate|Concurrency))?$|^LimitRequests$/i,
    kind: "rate_limited",
    evidence: `${page}#rate-limit`,
  },
  { code: /^limit_(requests|burst_rate)$/i, kind: "rate_limited", evidence: `${page}#rate-limit` },
  {
    message:
      /^throttling\b|too many requests|request rate increased too quickly|current request limit/i,
    kind: "rate_limited",
    evidence: `${page}#rate-limit; QwenLM/qwen-code#11215`,
  },
  { status: [429], kind: "rate_limited", evidence: page },
];

const content: readonly FailureRow[] = [
  {
    code: /^(Response)?DataInspectionFailed$|^data_inspection_failed$/i,
    kind: "content_filtered",
    evidence: page,
  },
  {
    code: /^(IPInfringementSuspect|CustomRoleBlocked|FaqRuleBlocked)$/i,
    kind: "content_filtered",
    evidence: page,
  },
  ...overlong,
];

const model: readonly FailureRow[] = [
  {
    message: /url error/i,
    kind: "bad_request",
    advice: "check api_endpoint: this model is served at another path",
    evidence: "agentscope-ai/agentscope#1258; alibaba/spring-ai-alibaba#4355",
  },
  {
    code: /^(ModelNotFound|model_not_found|model_not_supported)$/i,
    kind: "model_not_found",
    evidence: page,
  },
  { message: /model not exist/i, kind: "model_not_found", evidence: page },
  { code: /^NotFound$/i, kind: "model_not_found", evidence: page },
];

const request: readonly FailureRow[] = [
  {
    code: /^(BadRequest\.TooLarge|RequestBodyTooLarge)$/i,
    kind: "bad_request",
    advice: "send less in one request",
    evidence: page,
  },
  {
    code: /InvalidParameter$|^invalid_parameter_error$|^BadRequest\b|^InvalidURL$/i,
    kind: "bad_request",
    evidence: page,
  },
  { code: /^Conflict$/i, kind: "bad_request", evidence: page },
  {
    code: /^(RequestTimeOut|InternalError\.Timeout|ResponseTimeout|GatewayTimeout(\..+)?)$/i,
    kind: "timeout",
    evidence: page,
  },
  { status: [400, 409, 422], kind: "bad_request", evidence: page },
  {
    code: /^(InternalError(\..+)?|internal_error|SystemError|ModelServiceFailed)$/i,
    kind: "server",
    evidence: page,
  },
];

/** How Alibaba Cloud Model Studio (DashScope) says that something is wrong, in both its formats. */
export const qwen: VendorEndings = {
  failures: [...account, ...access, ...load, ...content, ...model, ...request],
  finishes: {},
};
