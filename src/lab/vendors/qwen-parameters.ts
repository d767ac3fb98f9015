import { onlyStreams } from "../models.ts";
import { inRange, wholeInRange } from "../range.ts";
import { mentionsJson } from "../prompt.ts";
import { asObject, type JsonObject } from "../json.ts";
import type { LabProvider } from "../provider.ts";

/** How the request is to be answered. */
export type QwenWay = {
  readonly model: string;
  readonly stream: boolean;
  readonly thinking: boolean;
};

/** What DashScope says of parameters it does not take, on both of its doors; or `null`. */
export function parameterProblem(
  parameters: JsonObject,
  messages: unknown,
  way: QwenWay,
  provider: LabProvider,
): string | null {
  return (
    rangeProblem(parameters, provider) ??
    formatProblem(parameters, messages, way) ??
    toolProblem(parameters) ??
    wayProblem(way)
  );
}

function rangeProblem(parameters: JsonObject, provider: LabProvider): string | null {
  const temperature = parameters["temperature"];
  if (!inRange(temperature, 0, 2) || temperature === 2) {
    return "Temperature should be in [0.0, 2.0)";
  }
  const topP = parameters["top_p"];
  if (!inRange(topP, 0, 1) || topP === 0) return "Range of top_p should be (0.0, 1.0]";
  for (const name of ["max_tokens", "max_completion_tokens"]) {
    if (!wholeInRange(parameters[name], 1, provider.maxOutputTokens)) {
      return `Range of ${name} should be [1, ${provider.maxOutputTokens}]`;
    }
  }
  if (!inRange(parameters["presence_penalty"], -2, 2)) {
    return "Presence_penalty should be in [-2.0, 2.0]";
  }
  if (!wholeInRange(parameters["n"], 1, 4)) return "Range of n should be [1, 4]";
  return (parameters["n"] ?? 1) === 1 ? null : "(simulated) this lab answers with one choice only";
}

function formatProblem(parameters: JsonObject, messages: unknown, way: QwenWay): string | null {
  const type = asObject(parameters["response_format"])?.["type"];
  if (type === undefined || type === "text") return null;
  if (type !== "json_object" && type !== "json_schema") {
    return "response_format.type should be one of: text, json_object, json_schema";
  }
  if (type === "json_schema") return null;
  if (way.thinking) return "Json mode response is not supported when enable_thinking is true";
  return mentionsJson(messages)
    ? null
    : "'messages' must contain the word 'json' in some form, to use " +
        "'response_format' of type 'json_object'.";
}

function toolProblem(parameters: JsonObject): string | null {
  const tools = parameters["tools"];
  if (tools === undefined || tools === null) return null;
  if (!Array.isArray(tools)) return "tools should be a list";
  for (const tool of tools as unknown[]) {
    const name = asObject(asObject(tool)?.["function"])?.["name"];
    if (typeof name !== "string" || name === "") return "tools.function.name is required";
    if (name === "search") return "Tool names are not allowed to be [search]";
  }
  return null;
}

function wayProblem(way: QwenWay): string | null {
  if (way.stream) return null;
  if (onlyStreams(way.model)) {
    return (
      "This model only support stream mode, please enable the stream parameter to " +
      "access the model."
    );
  }
  return way.thinking && /^qwen3-\d+b/.test(way.model)
    ? "parameter.enable_thinking must be set to false for non-streaming calls"
    : null;
}
