import { inRange, wholeInRange } from "../range.ts";
import { mentionsJson, promptTokens } from "../prompt.ts";
import { asObject, type JsonObject } from "../json.ts";
import type { LabProvider } from "../provider.ts";
import type { VendorError } from "../vendor-error.ts";
import { schemaProblem } from "./openai-schema.ts";

/** What OpenAI says of a body it does not take, or `null`. */
export function bodyProblem(body: JsonObject, provider: LabProvider): VendorError | null {
  return (
    messagesProblem(body["messages"]) ??
    rangeProblem(body, provider) ??
    limitProblem(body) ??
    formatProblem(body) ??
    streamProblem(body) ??
    lengthProblem(body, provider)
  );
}

function invalid(param: string, message: string, code: string | null = null): VendorError {
  return { status: 400, code, param, message };
}

function messagesProblem(messages: unknown): VendorError | null {
  if (messages === undefined) {
    const message = "Missing required parameter: 'messages'.";
    return invalid("messages", message, "missing_required_parameter");
  }
  if (!Array.isArray(messages) || messages.length === 0) {
    const message = "Invalid 'messages': empty array. Expected an array with minimum length 1.";
    return invalid("messages", message, "empty_array");
  }
  const roles = ["system", "developer", "user", "assistant", "tool", "function"];
  for (const [index, each] of (messages as unknown[]).entries()) {
    const role = asObject(each)?.["role"];
    if (roles.includes(String(role))) continue;
    const supported = roles.map((name) => `'${name}'`).join(", ");
    const message = `Invalid value: '${String(role)}'. Supported values are: ${supported}.`;
    return invalid(`messages[${index}].role`, message, "invalid_value");
  }
  return null;
}

const ranges: readonly (readonly [name: string, from: number, to: number])[] = [
  ["temperature", 0, 2],
  ["top_p", 0, 1],
  ["presence_penalty", -2, 2],
  ["frequency_penalty", -2, 2],
];

function rangeProblem(body: JsonObject, provider: LabProvider): VendorError | null {
  for (const [name, from, to] of ranges) {
    const value = body[name];
    if (inRange(value, from, to)) continue;
    if (typeof value !== "number") {
      const message = `Invalid type for '${name}': expected a decimal, but got another type.`;
      return invalid(name, message, "invalid_type");
    }
    const above = value > to;
    const message =
      `Invalid '${name}': decimal ${above ? "above maximum" : "below minimum"} ` +
      `value. Expected a value ${above ? `<= ${to}` : `>= ${from}`}, but got ${value} instead.`;
    return invalid(name, message, above ? "decimal_above_max_value" : "decimal_below_min_value");
  }
  for (const name of ["max_tokens", "max_completion_tokens"]) {
    if (wholeInRange(body[name], 1, provider.maxOutputTokens)) continue;
    const message = `Invalid '${name}': expected a number from 1 to ${provider.maxOutputTokens}.`;
    return invalid(name, message, "invalid_value");
  }
  return (body["n"] ?? 1) === 1
    ? null
    : invalid("n", "(simulated) this lab answers with one choice only", "invalid_value");
}

function limitProblem(body: JsonObject): VendorError | null {
  const reasons = /^(gpt-[5-9]|o\d)/.test(String(body["model"]));
  if (!reasons || body["max_tokens"] === undefined || body["max_tokens"] === null) return null;
  // Recorded: vercel/ai, reasoning-model-legacy-parameter-error.json.
  const message =
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use " +
    "'max_completion_tokens' instead.";
  return invalid("max_tokens", message, "unsupported_parameter");
}

function formatProblem(body: JsonObject): VendorError | null {
  const format = asObject(body["response_format"]);
  if (format?.["type"] === "json_schema") {
    const problem = schemaProblem(format);
    return problem === null ? null : invalid("response_format", problem);
  }
  if (format?.["type"] !== "json_object") return null;
  if (mentionsJson(body["messages"])) return null;
  const message =
    "'messages' must contain the word 'json' in some form, to use " +
    "'response_format' of type 'json_object'.";
  return invalid("messages", message);
}

function streamProblem(body: JsonObject): VendorError | null {
  const options = body["stream_options"];
  if (options === undefined || options === null || body["stream"] === true) return null;
  const message = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
  return invalid("stream_options", message);
}

function lengthProblem(body: JsonObject, provider: LabProvider): VendorError | null {
  const length = promptTokens(body["messages"]);
  if (length <= provider.contextWindow) return null;
  const message =
    `This model's maximum context length is ${provider.contextWindow} tokens. ` +
    `However, your messages resulted in ${length} tokens. Please reduce the ` +
    "length of the messages.";
  return invalid("messages", message, "context_length_exceeded");
}
