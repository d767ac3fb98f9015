import { errorRow, type FaultBody } from "../fault-body.ts";

// Codes and messages: help.aliyun.com/zh/model-studio/error-code. A message about quota, balance or
// billing proves nothing: "insufficient_quota" here is a limit of tokens a minute
// (can1357/oh-my-pi#8496, openclaw/openclaw#148236).

const pages = "https://help.aliyun.com/zh/model-studio/error-code";

type Limit = readonly [
  kind: string,
  status: number,
  code: string,
  compatibleCode: string,
  message: string,
  name?: string,
];

const limits: readonly Limit[] = [
  [
    "quota",
    403,
    "AccessDenied.Unpurchased",
    "AccessDenied.Unpurchased",
    "Access to model denied. Please make sure you are eligible for using the model.",
  ],
  [
    "quota",
    403,
    "AllocationQuota.FreeTierOnly",
    "AllocationQuota.FreeTierOnly",
    "The free tier of the model has been exhausted. If you wish to continue " +
      'access the model on a paid basis, please disable the "use free tier only" ' +
      "mode in the management console",
  ],
  [
    "quota",
    400,
    "Arrearage",
    "Arrearage",
    "Access denied, please make sure your account is in good standing. For " +
      `details, see: ${pages}#overdue-payment`,
  ],
  [
    "quota",
    429,
    "CommodityNotPurchased",
    "CommodityNotPurchased",
    "Commodity has not purchased yet.",
  ],
  ["quota", 429, "PrepaidBillOverdue", "PrepaidBillOverdue", "The prepaid bill is overdue."],
  ["quota", 429, "PostpaidBillOverdue", "PostpaidBillOverdue", "The postpaid bill is overdue."],
  [
    "quota",
    429,
    "BudgetLimitExceeded",
    "BudgetLimitExceeded",
    "The budget limit has been exceeded.",
  ],
  [
    "quota",
    429,
    "Throttling.AllocationQuota",
    "insufficient_quota",
    "Free allocated quota exceeded.",
    "free allocated quota",
  ],
  [
    "quota",
    429,
    "QuotaExhausted",
    "insufficient_quota",
    "Your token-plan 1-week quota has been exhausted. The quota will reset at 09-12 11:40:00 UTC.",
    "token plan",
  ],
  ["rate_limited", 429, "Throttling", "Throttling", "Requests throttling triggered."],
  [
    "rate_limited",
    429,
    "Throttling.RateQuota",
    "limit_requests",
    `You have exceeded your current request limit. For details, see: ${pages}#rate-limit`,
  ],
  [
    "rate_limited",
    429,
    "LimitRequests",
    "limit_requests",
    `You exceeded your current requests list. For details, see: ${pages}#rate-limit`,
  ],
  [
    "rate_limited",
    429,
    "Throttling.BurstRate",
    "limit_burst_rate",
    "Request rate increased too quickly. To ensure system stability, please " +
      "adjust your client logic to scale requests more smoothly over time.",
  ],
  [
    "rate_limited",
    429,
    "Throttling.Concurrency",
    "Throttling.Concurrency",
    "Too many concurrent requests.",
  ],
  [
    "rate_limited",
    429,
    "Throttling.AllocationQuota",
    "insufficient_quota",
    "You exceeded your current quota, please check your plan and billing " +
      `details. For details, see: ${pages}#token-limit`,
  ],
  [
    "rate_limited",
    429,
    "Throttling.AllocationQuota",
    "insufficient_quota",
    "Allocated quota exceeded, please increase your quota limit. For details, " +
      `see: ${pages}#token-limit`,
    "allocated quota",
  ],
  [
    "overloaded",
    429,
    "Throttling.ServiceOverloaded",
    "Throttling.ServiceOverloaded",
    "Service is overloaded, please try again later.",
  ],
  [
    "overloaded",
    429,
    "Throttling.ResourceExhausted",
    "Throttling.ResourceExhausted",
    "Resource exhausted, please try again later.",
  ],
  [
    "overloaded",
    429,
    "Throttling.Aborted",
    "Throttling.Aborted",
    "The request was aborted, please try again later.",
  ],
  [
    "overloaded",
    429,
    "Throttling.RateQuota",
    "limit_requests",
    '{"error":{"message":"The engine is currently overloaded, please try again ' +
      'later","code":"EngineOverloadedError"}}',
    "EngineOverloadedError",
  ],
];

/** The rows of DashScope's table that tell of limits and of money. */
export const qwenLimits: readonly FaultBody[] = limits.map(
  ([kind, status, code, compatibleCode, message, name = code]) =>
    errorRow("qwen", name, kind, { status, code, compatibleCode, message }),
);
