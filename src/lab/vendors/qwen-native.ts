import { isMultimodal, serves, thinksByDefault } from "../models.ts";
import { readAsk, textOf } from "../read-ask.ts";
import { promptTokens } from "../prompt.ts";
import { asObject, type JsonObject } from "../json.ts";
import { parameterProblem } from "./qwen-parameters.ts";
import type { Received } from "../dialect.ts";
import type { LabProvider } from "../provider.ts";
import type { VendorError } from "../vendor-error.ts";

/** A body on one of DashScope's native paths, checked as strictly as there. */
export function readNative(
  body: JsonObject,
  stream: boolean,
  multimodal: boolean,
  provider: LabProvider,
): Received["result"] {
  const model = body["model"];
  const input = asObject(body["input"]);
  const parameters = asObject(body["parameters"]);
  if (typeof model !== "string" || model === "") return missing("Model", '"model"');
  if (input === null) return missing("Input", "input");
  if (parameters === null) return missing("Parameters", '"parameters"');
  if (!serves(provider, model)) {
    return refuse({ status: 404, code: "ModelNotFound", message: "Model not exist." });
  }
  // agentscope-ai/agentscope#1258: the wrong path for a model is told in these words.
  if (multimodal !== isMultimodal(model)) return invalid("url error, please check url！");
  const prompt = input["prompt"];
  const messages =
    typeof prompt === "string" ? [{ role: "user", content: prompt }] : input["messages"];
  const thinking =
    typeof parameters["enable_thinking"] === "boolean"
      ? parameters["enable_thinking"]
      : thinksByDefault("qwen", model);
  const plainText = usesPlainText(model, parameters);
  const problem =
    messagesProblem(messages, multimodal) ??
    parameterProblem(parameters, messages, { model, stream, thinking }, provider) ??
    nativeProblem(parameters, { stream, thinking, plainText }) ??
    lengthProblem(messages, provider);
  if (problem !== null) return invalid(problem);
  const incremental = parameters["incremental_output"] === true || thinking;
  const house = { vendor: provider.vendor, stream, thinking, plainText, incremental };
  return { ask: readAsk({ ...parameters, model, messages }, house) };
}

function refuse(error: VendorError): Received["result"] {
  return { error };
}

function missing(part: string, name: string): Received["result"] {
  const message =
    "Required " +
    `${part === "Input" ? "input parameter" : `parameter ${name}`} missing from request.`;
  return refuse({ status: 400, code: `BadRequest.Empty${part}`, message });
}

function invalid(message: string): Received["result"] {
  return refuse({ status: 400, code: "InvalidParameter", message });
}

function usesPlainText(model: string, parameters: JsonObject): boolean {
  const format = parameters["result_format"];
  if (format === "message") return false;
  if (format === "text") return true;
  return !isMultimodal(model) && !thinksByDefault("qwen", model);
}

function messagesProblem(messages: unknown, multimodal: boolean): string | null {
  if (!Array.isArray(messages) || messages.length === 0) {
    return 'Either "prompt" or "messages" must exist and cannot both be none.';
  }
  for (const each of messages as unknown[]) {
    const message = asObject(each);
    const role = message?.["role"];
    const content = message?.["content"];
    const calls = message?.["tool_calls"];
    if (!["system", "user", "assistant", "tool"].includes(String(role))) return roleAndLength;
    if (Array.isArray(calls) && calls.length > 0) continue;
    if (Array.isArray(content) !== multimodal) {
      return multimodal
        ? "Input should be a valid list: input.messages.content"
        : "Input should be a valid string: input.messages.content";
    }
    const images = Array.isArray(content) && content.length > 0;
    if (!images && textOf(content) === "") return roleAndLength;
  }
  return null;
}

// Recorded: cnblogs/dashscope-sdk, RawHttpData/parameter-error-nosse.response.body.txt.
const roleAndLength = "Role must be user or assistant and Content length must be greater than 0";

type Way = { readonly stream: boolean; readonly thinking: boolean; readonly plainText: boolean };

function nativeProblem(parameters: JsonObject, way: Way): string | null {
  const format = parameters["result_format"];
  if (format !== undefined && format !== "text" && format !== "message") {
    return "result_format should be one of: text, message";
  }
  if (way.plainText && way.thinking) return "result_format must be message when thinking";
  const tools = parameters["tools"];
  if (way.plainText && Array.isArray(tools) && tools.length > 0) {
    return "result_format must be message when tools are given";
  }
  return way.stream && way.thinking && parameters["incremental_output"] === false
    ? "The incremental_output parameter must be true when enable_thinking is true"
    : null;
}

function lengthProblem(messages: unknown, provider: LabProvider): string | null {
  return promptTokens(messages) > provider.contextWindow
    ? `Range of input length should be [1, ${provider.contextWindow}]`
    : null;
}
