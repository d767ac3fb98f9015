import { chatDialect, chatUsage } from "../chat-dialect.ts";
import { bearerOf } from "../credentials.ts";
import { serves } from "../models.ts";
import { parseBody } from "../parse-body.ts";
import { readAsk } from "../read-ask.ts";
import { bodyProblem } from "./openai-body.ts";
import type { Received } from "../dialect.ts";
import type { LabProvider } from "../provider.ts";
import type { LabRequest } from "../request.ts";
import type { VendorError } from "../vendor-error.ts";

/** OpenAI's chat completions (recorded: vercel/ai, packages/openai/src/chat/__fixtures__). */
const dialect = chatDialect({
  form: "chat",
  streamType: "text/event-stream; charset=utf-8",
  prefaced: false,
  idPrefix: "chatcmpl-",
  extra: { service_tier: "default", system_fingerprint: "fp_simulated" },
  usageOnFinish: false,
  pairedDeltas: false,
  emptyCallIds: false,
  noTextBesideCalls: true,
  usage: chatUsage,
  error: ({ message, type = "invalid_request_error", param = null, code }) => ({
    error: { message, type, param, code },
  }),
  errorType: () => "application/json",
  headers: (marks) => ({
    "x-request-id": `req_${marks.requestId.replaceAll("-", "")}`,
    "openai-processing-ms": "12",
    "openai-version": "2020-10-01",
    "x-ratelimit-limit-requests": "500",
    "x-ratelimit-limit-tokens": "30000",
    "x-ratelimit-remaining-requests": "499",
    "x-ratelimit-remaining-tokens": "29000",
    "x-ratelimit-reset-requests": "120ms",
    "x-ratelimit-reset-tokens": "6s",
  }),
});

/** OpenAI's chat completions, checked as strictly as there. */
export function openai(request: LabRequest, provider: LabProvider): Received {
  const body = parseBody(request.body);
  const stream = body?.["stream"] === true;
  const error = atTheDoor(request, provider);
  if (error !== null) return { dialect, stream, result: { error } };
  if (body === null) {
    const message =
      "We could not parse the JSON body of your request. (HINT: This likely means " +
      "you aren't using your HTTP library correctly.)";
    return { dialect, stream, result: { error: { status: 400, code: null, message } } };
  }
  const problem = modelProblem(body["model"], provider) ?? bodyProblem(body, provider);
  if (problem !== null) return { dialect, stream, result: { error: problem } };
  const house = { vendor: "openai", stream, thinking: false, plainText: false, incremental: true };
  return { dialect, stream, result: { ask: readAsk(body, house) } };
}

function atTheDoor(request: LabRequest, provider: LabProvider): VendorError | null {
  const path = request.path.replace(/\?.*$/, "");
  const key = bearerOf(request);
  if (path !== "/v1/chat/completions" || request.method !== "POST") {
    const message = `Invalid URL (${request.method} ${path})`;
    return { status: 404, code: null, message };
  }
  if (key === null) {
    const message =
      "You didn't provide an API key. You need to provide your API key in an " +
      "Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).";
    return { status: 401, code: null, message };
  }
  if (key === provider.key) return null;
  const shown = `${key.slice(0, 3)}${"*".repeat(8)}${key.slice(-4)}`;
  const message =
    `Incorrect API key provided: ${shown}. You can find your API key at ` +
    "https://platform.openai.com/account/api-keys.";
  const headers = { "www-authenticate": 'Bearer realm="OpenAI API"' };
  return { status: 401, code: "invalid_api_key", message, headers };
}

function modelProblem(model: unknown, provider: LabProvider): VendorError | null {
  if (typeof model !== "string" || model === "") {
    return { status: 400, code: null, message: "you must provide a model parameter" };
  }
  if (serves(provider, model)) return null;
  const message = `The model \`${model}\` does not exist or you do not have access to it.`;
  return { status: 404, code: "model_not_found", message };
}
