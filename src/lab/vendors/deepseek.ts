import { chatDialect, chatUsage } from "../chat-dialect.ts";
import { bearerOf } from "../credentials.ts";
import { serves, thinksByDefault } from "../models.ts";
import { parseBody } from "../parse-body.ts";
import { readAsk } from "../read-ask.ts";
import { usageOf } from "../usage.ts";
import { asObject } from "../json.ts";
import { bodyProblem } from "./deepseek-body.ts";
import type { Received } from "../dialect.ts";
import type { LabProvider } from "../provider.ts";
import type { LabRequest } from "../request.ts";
import type { VendorError } from "../vendor-error.ts";

/** DeepSeek's chat format (recorded: vercel/ai, packages/deepseek/src/chat/__fixtures__). */
const dialect = chatDialect({
  form: "chat",
  streamType: "text/event-stream; charset=utf-8",
  prefaced: true,
  idPrefix: "",
  extra: { system_fingerprint: "fp_simulated" },
  usageOnFinish: true,
  pairedDeltas: true,
  emptyCallIds: false,
  noTextBesideCalls: false,
  usage: (answer, ask) => ({
    ...chatUsage(answer, ask),
    prompt_cache_hit_tokens: 0,
    prompt_cache_miss_tokens: usageOf(answer).prompt,
  }),
  error: ({ message, type = "invalid_request_error", param = null, code }) => ({
    error: { message, type, param, code },
  }),
  // Recorded: crmne/ruby_llm, spec/fixtures/vcr_cassettes (context length exceeded).
  errorType: (status) => (status === 400 ? "application/octet-stream" : "application/json"),
  headers: (marks) => ({
    "x-ds-trace-id": marks.requestId.replaceAll("-", ""),
    server: "elb",
    "x-content-type-options": "nosniff",
  }),
});

const code = "invalid_request_error";

/** DeepSeek's chat completions. */
export function deepseek(request: LabRequest, provider: LabProvider): Received {
  const body = parseBody(request.body);
  const stream = body?.["stream"] === true;
  const error = atTheDoor(request, provider);
  if (error !== null) return { dialect, stream, result: { error } };
  if (body === null) {
    const message = "Failed to parse the request body as JSON: expected value at line 1 column 1";
    return { dialect, stream, result: { error: { status: 400, code, message } } };
  }
  const model = typeof body["model"] === "string" ? body["model"] : "";
  if (!serves(provider, model)) {
    // raycast/extensions#29730: a retired name is a 400 in these words, never a 404.
    const message =
      "The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but " +
      `you passed ${model}.`;
    return { dialect, stream, result: { error: { status: 400, code, message } } };
  }
  const type = asObject(body["thinking"])?.["type"];
  const thinking = type === undefined ? thinksByDefault("deepseek", model) : type === "enabled";
  const message = bodyProblem(body, { stream, thinking }, provider);
  if (message !== null)
    return { dialect, stream, result: { error: { status: 400, code, message } } };
  const house = { vendor: provider.vendor, stream, thinking, plainText: false, incremental: true };
  return { dialect, stream, result: { ask: readAsk(body, house) } };
}

function atTheDoor(request: LabRequest, provider: LabProvider): VendorError | null {
  const path = request.path.replace(/\?.*$/, "");
  const known = ["/chat/completions", "/v1/chat/completions", "/beta/chat/completions"];
  if (!known.includes(path) || request.method !== "POST") {
    const plain = { contentType: "text/plain", body: "" };
    return { status: 404, code: null, message: "", plain };
  }
  const key = bearerOf(request);
  if (key !== null && key === provider.key) return null;
  const message =
    key === null
      ? "Authentication Fails (auth header format should be Bearer sk-...)"
      : `Authentication Fails, Your api key: ****${key.slice(-4)} is invalid`;
  return { status: 401, code, type: "authentication_error", message };
}
