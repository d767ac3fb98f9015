import { errorRow, type FaultBody } from "../fault-body.ts";
import type { VendorError } from "../vendor-error.ts";

// Codes, statuses and messages: help.aliyun.com/zh/model-studio/error-code.

const request = "invalid_request_error";

function error(
  status: number,
  code: string,
  compatibleCode: string,
  message: string,
  more: Partial<VendorError> = {},
): VendorError {
  return { status, code, compatibleCode, message, ...more };
}

function row(name: string, kind: string, stated: VendorError): FaultBody {
  return errorRow("qwen", name, kind, stated);
}

const inspected = "Input text data may contain inappropriate content.";

/** The rows of DashScope's table whose code its two doors spell differently. */
export const qwenSpelledTwice: readonly FaultBody[] = [
  row(
    "InvalidApiKey",
    "auth",
    error(401, "InvalidApiKey", "invalid_api_key", "Invalid API-key provided.", {
      type: request,
      atTheDoor: true,
    }),
  ),
  row(
    "NOT AUTHORIZED",
    "auth",
    error(401, "InvalidApiKey", "NOT AUTHORIZED", "NOT AUTHORIZED", { atTheDoor: true }),
  ),
  row(
    "expired token",
    "auth",
    error(401, "InvalidApiKey", "invalid_api_key", "invalid access token or token expired", {
      atTheDoor: true,
    }),
  ),
  row("AccessDenied", "auth", error(403, "AccessDenied", "access_denied", "Access denied.")),
  row(
    "DataInspectionFailed",
    "content_filtered",
    error(400, "DataInspectionFailed", "data_inspection_failed", inspected, { framed: true }),
  ),
  row(
    "ResponseDataInspectionFailed",
    "content_filtered",
    error(
      400,
      "ResponseDataInspectionFailed",
      "data_inspection_failed",
      "Output data may contain inappropriate content.",
      { framed: true },
    ),
  ),
  row(
    "Range of input length",
    "context_length",
    error(
      400,
      "InvalidParameter",
      "invalid_parameter_error",
      "Range of input length should be [1, 6144]",
      { type: request },
    ),
  ),
  row(
    "InternalError.Algo.InvalidParameter length",
    "context_length",
    error(
      400,
      "InternalError.Algo.InvalidParameter",
      "invalid_parameter_error",
      "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]",
      { type: request },
    ),
  ),
  row(
    "url error",
    "bad_request",
    error(400, "InvalidParameter", "invalid_parameter_error", "url error, please check url！", {
      type: request,
    }),
  ),
  row(
    "InvalidParameter",
    "bad_request",
    error(
      400,
      "InvalidParameter",
      "invalid_parameter_error",
      "Role must be user or assistant and Content length must be greater than 0",
      { type: request },
    ),
  ),
  row(
    "InternalError.Algo.InvalidParameter",
    "bad_request",
    error(
      400,
      "InternalError.Algo.InvalidParameter",
      "invalid_parameter_error",
      "<400> InternalError.Algo.InvalidParameter: Temperature should be in [0.0, 2.0)",
      { type: request },
    ),
  ),
  row(
    "word json",
    "bad_request",
    error(
      400,
      "InvalidParameter",
      "invalid_parameter_error",
      "'messages' must contain the word 'json' in some form, to use " +
        "'response_format' of type 'json_object'.",
      { type: request },
    ),
  ),
  row(
    "enable_thinking",
    "bad_request",
    error(
      400,
      "InvalidParameter",
      "invalid_parameter_error",
      "parameter.enable_thinking must be set to false for non-streaming calls",
      { type: request },
    ),
  ),
  row(
    "stream only",
    "bad_request",
    error(
      400,
      "InvalidParameter",
      "invalid_parameter_error",
      "This model only support stream mode, please enable the stream parameter to " +
        "access the model. ",
      { type: request },
    ),
  ),
  row(
    "RequestBodyTooLarge",
    "bad_request",
    error(413, "RequestBodyTooLarge", "request_body_too_large", "Request body too large.", {
      atTheDoor: true,
    }),
  ),
  row(
    "ModelNotFound",
    "model_not_found",
    error(
      404,
      "ModelNotFound",
      "model_not_found",
      "The model `qwen-turbo` does not exist or you do not have access to it.",
      { type: request },
    ),
  ),
  row(
    "Model not exist",
    "model_not_found",
    error(400, "InvalidParameter", "invalid_parameter_error", "Model not exist.", {
      type: request,
    }),
  ),
  row(
    "model_not_supported",
    "model_not_found",
    error(
      400,
      "model_not_supported",
      "model_not_supported",
      "Unsupported model `qwen-turbo` for OpenAI compatibility mode.",
      { type: request },
    ),
  ),
  row(
    "InternalError",
    "server",
    error(
      500,
      "InternalError",
      "internal_error",
      "An internal error has occured, please try again later or contact service support.",
    ),
  ),
];
