import { bearerOf } from "../credentials.ts";
import { nativeDialect } from "../native-dialect.ts";
import { compatibleDialect, readCompatible } from "./qwen-compatible.ts";
import { readNative } from "./qwen-native.ts";
import { parseBody } from "../parse-body.ts";
import type { Dialect, Received } from "../dialect.ts";
import type { LabProvider } from "../provider.ts";
import type { LabRequest } from "../request.ts";
import type { VendorError } from "../vendor-error.ts";

const native = nativeDialect("native");
const multimodal = nativeDialect("multimodal");

const dialects: Readonly<Record<string, Dialect>> = {
  "/api/v1/services/aigc/text-generation/generation": native,
  "/api/v1/services/aigc/multimodal-generation/generation": multimodal,
  "/compatible-mode/v1/chat/completions": compatibleDialect,
};

/** DashScope: its native paths for text and for multimodal models, and its compatible mode. */
export function qwen(request: LabRequest, provider: LabProvider): Received {
  const path = request.path.replace(/\?.*$/, "");
  const dialect = dialects[path];
  if (dialect === undefined) {
    const plain = { contentType: "text/plain", body: "" };
    const error = { status: 404, code: null, message: "", plain };
    const fallback = path.startsWith("/compatible-mode") ? compatibleDialect : native;
    return { dialect: fallback, stream: false, result: { error } };
  }
  const body = parseBody(request.body);
  const stream = dialect === compatibleDialect ? body?.["stream"] === true : asksForEvents(request);
  const error = atTheDoor(request, provider);
  if (error !== null) return { dialect, stream, result: { error } };
  if (body === null) return { dialect, stream, result: { error: unreadable } };
  const result =
    dialect === compatibleDialect
      ? readCompatible(body, provider)
      : readNative(body, stream, dialect === multimodal, provider);
  return { dialect, stream, result };
}

const unreadable: VendorError = {
  status: 400,
  code: "InvalidParameter",
  compatibleCode: "invalid_parameter_error",
  type: "invalid_request_error",
  message: "Required body invalid, please check the request body format.",
};

function asksForEvents({ headers }: LabRequest): boolean {
  return (
    headers["x-dashscope-sse"] === "enable" ||
    (headers["accept"] ?? "").includes("text/event-stream")
  );
}

function atTheDoor(request: LabRequest, provider: LabProvider): VendorError | null {
  const key = bearerOf(request);
  if (key === null || key !== provider.key) {
    const compatible = request.path.startsWith("/compatible-mode");
    return {
      status: 401,
      code: "InvalidApiKey",
      compatibleCode: "invalid_api_key",
      type: "invalid_request_error",
      message: keyMessage(key === null, compatible),
      atTheDoor: true,
    };
  }
  if (request.method === "POST") return null;
  return {
    status: 405,
    code: "InvalidParameter",
    compatibleCode: "invalid_parameter_error",
    message: `Request method '${request.method}' is not supported.`,
    atTheDoor: true,
  };
}

function keyMessage(missing: boolean, compatible: boolean): string {
  if (compatible) {
    return missing
      ? "You didn't provide an API key. You need to provide your API key in an " +
          "Authorization header."
      : "Incorrect API key provided. For details, see: " +
          "https://help.aliyun.com/zh/model-studio/error-code#apikey-error";
  }
  return missing ? "No API-key provided." : "Invalid API-key provided.";
}
