import { chatDialect, chatUsage } from "../chat-dialect.ts";
import { serves, thinksByDefault } from "../models.ts";
import { readAsk, textOf } from "../read-ask.ts";
import { promptTokens } from "../prompt.ts";
import { asObject, type JsonObject } from "../json.ts";
import { parameterProblem } from "./qwen-parameters.ts";
import type { Received } from "../dialect.ts";
import type { LabProvider } from "../provider.ts";

/** DashScope's OpenAI-compatible mode (recorded: vercel/ai, packages/alibaba/src/__fixtures__). */
export const compatibleDialect = chatDialect({
  form: "compatible",
  streamType: "text/event-stream;charset=UTF-8",
  prefaced: false,
  idPrefix: "chatcmpl-",
  extra: { system_fingerprint: null },
  usageOnFinish: false,
  pairedDeltas: false,
  emptyCallIds: true,
  noTextBesideCalls: false,
  usage: chatUsage,
  error(error, marks) {
    const code = error.compatibleCode ?? error.code;
    const type = error.type === undefined ? code : error.type;
    const { message, param = null } = error;
    return { error: { message, type, param, code }, request_id: marks.requestId };
  },
  errorType: () => "application/json",
  headers: (marks) => ({
    "x-request-id": marks.requestId,
    "x-dashscope-call-gateway": "true",
    server: "istio-envoy",
  }),
});

/** A body in DashScope's compatible mode, checked as strictly as there. */
export function readCompatible(body: JsonObject, provider: LabProvider): Received["result"] {
  const { model, messages } = body;
  if (typeof model !== "string" || model === "")
    return invalid("you must provide a model parameter");
  if (!serves(provider, model)) {
    const message = `The model \`${model}\` does not exist or you do not have access to it.`;
    const type = "invalid_request_error";
    return { error: { status: 404, code: "model_not_found", type, message } };
  }
  const stream = body["stream"] === true;
  const thinking =
    typeof body["enable_thinking"] === "boolean"
      ? body["enable_thinking"]
      : thinksByDefault("qwen", model);
  const problem =
    messagesProblem(messages) ??
    parameterProblem(body, messages, { model, stream, thinking }, provider) ??
    streamProblem(body, stream) ??
    lengthProblem(messages, provider);
  if (problem !== null) return invalid(problem);
  const house = { vendor: provider.vendor, stream, thinking, plainText: false, incremental: true };
  return { ask: readAsk(body, house) };
}

function invalid(message: string): Received["result"] {
  const code = "invalid_parameter_error";
  return { error: { status: 400, code, type: "invalid_request_error", message } };
}

function messagesProblem(messages: unknown): string | null {
  if (!Array.isArray(messages) || messages.length === 0) {
    return "[] is too short - 'messages'";
  }
  const roles = ["system", "user", "assistant", "tool"];
  for (const [index, each] of (messages as unknown[]).entries()) {
    const message = asObject(each);
    const role = message?.["role"];
    if (!roles.includes(String(role))) {
      return `'${String(role)}' is not one of ${JSON.stringify(roles)} - 'messages.${index}.role'`;
    }
    const content = message?.["content"];
    if (role === "user" && textOf(content) === "" && !Array.isArray(content)) {
      return (
        "<400> InternalError.Algo.InvalidParameter: content must not be empty - " +
        `'messages.${index}'`
      );
    }
  }
  return null;
}

function streamProblem(body: JsonObject, stream: boolean): string | null {
  const options = body["stream_options"];
  return options !== undefined && options !== null && !stream
    ? "<400> InternalError.Algo.InvalidParameter: 'stream_options' only set this " +
        "when you set stream: true"
    : null;
}

function lengthProblem(messages: unknown, provider: LabProvider): string | null {
  return promptTokens(messages) > provider.contextWindow
    ? `Range of input length should be [1, ${provider.contextWindow}]`
    : null;
}
