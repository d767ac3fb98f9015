import { errorRow, type FaultBody } from "../fault-body.ts";

// Codes and messages: help.aliyun.com/zh/model-studio/error-code.

const rows: readonly (readonly [kind: string, status: number, code: string, message: string])[] = [
  ["auth", 403, "Model.AccessDenied", "Model access denied."],
  ["auth", 403, "App.AccessDenied", "App access denied."],
  ["auth", 403, "Workspace.AccessDenied", "Workspace access denied."],
  ["auth", 403, "Endpoint.AccessDenied", "Endpoint access denied."],
  ["auth", 404, "WorkSpaceNotFound", "WorkSpace can not be found."],
  ["content_filtered", 400, "IPInfringementSuspect", "Input data is suspected of infringement."],
  [
    "content_filtered",
    400,
    "CustomRoleBlocked",
    "Input or output data may contain inappropriate content with custom rule.",
  ],
  ["content_filtered", 400, "FaqRuleBlocked", "Input or output data is blocked by faq rule."],
  ["bad_request", 400, "InvalidURL", "The request URL is invalid."],
  ["bad_request", 400, "BadRequest.EmptyInput", "Required input parameter missing from request."],
  ["bad_request", 409, "Conflict", "Model instance is being deployed."],
  ["bad_request", 413, "BadRequest.TooLarge", "Payload Too Large"],
  ["timeout", 408, "RequestTimeOut", "Request timed out, please try again later."],
  [
    "timeout",
    500,
    "InternalError.Timeout",
    "An internal timeout has occured, please try again later.",
  ],
  ["timeout", 500, "ResponseTimeout", "Response timeout!"],
  ["timeout", 504, "GatewayTimeout", "Gateway timeout."],
  ["server", 500, "SystemError", "An system error has occured, please try again later."],
  ["server", 500, "ModelServiceFailed", "Failed to request model service."],
  ["server", 500, "InternalError.Algo", "inference internal error"],
  ["overloaded", 503, "ModelUnavailable", "Model is unavailable, please try again later."],
  ["overloaded", 503, "ServiceUnavailable", "Service is unavailable, please try again later."],
  [
    "overloaded",
    503,
    "ModelServingError",
    "Too many requests. Your requests are being throttled due to system capacity " +
      "limits. Please try again later.",
  ],
];

/** The rows of DashScope's table whose code is spelled the same on both doors. */
export const qwenPlain: readonly FaultBody[] = rows.map(([kind, status, code, message]) =>
  errorRow("qwen", code, kind, { status, code, compatibleCode: code, message }),
);
