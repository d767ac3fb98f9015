import { inRange, wholeInRange } from "../range.ts";
import { mentionsJson, promptTokens } from "../prompt.ts";
import { asObject, type JsonObject } from "../json.ts";
import type { LabProvider } from "../provider.ts";

/** How the request is to be answered. */
export type DeepseekWay = { readonly stream: boolean; readonly thinking: boolean };

/** What DeepSeek says of a body it does not take, or `null`. */
export function bodyProblem(
  body: JsonObject,
  way: DeepseekWay,
  provider: LabProvider,
): string | null {
  return (
    messagesProblem(body["messages"], way) ??
    rangeProblem(body, provider) ??
    formatProblem(body) ??
    toolProblem(body, way) ??
    streamProblem(body, way) ??
    lengthProblem(body, provider)
  );
}

const serde = "Failed to deserialize the JSON body into the target type:";

function messagesProblem(messages: unknown, way: DeepseekWay): string | null {
  if (messages === undefined) return `${serde} missing field \`messages\` at line 1 column 2`;
  if (!Array.isArray(messages)) return `${serde} messages: invalid type, expected a sequence`;
  if (messages.length === 0) return "Empty input messages";
  for (const [index, each] of (messages as unknown[]).entries()) {
    const message = asObject(each);
    const role = message?.["role"];
    if (!["system", "user", "assistant", "tool"].includes(String(role))) {
      const expected = "`system`, `user`, `assistant`, `tool`";
      return (
        `${serde} messages[${index}].role: unknown variant \`${String(role)}\`, ` +
        `expected one of ${expected}`
      );
    }
    const content = message?.["content"];
    const hasCalls = Array.isArray(message?.["tool_calls"]);
    if (content === undefined && !hasCalls) {
      return `${serde} messages[${index}]: missing field \`content\``;
    }
    if (role === "tool" && typeof message?.["tool_call_id"] !== "string") {
      return `${serde} messages[${index}]: missing field \`tool_call_id\``;
    }
    // hawkxtreme/mini-ai-1c#157: turns with tools must carry their thought back.
    if (hasCalls && way.thinking && typeof message?.["reasoning_content"] !== "string") {
      return "The `reasoning_content` in the thinking mode must be passed back to the API.";
    }
  }
  return null;
}

function rangeProblem(body: JsonObject, provider: LabProvider): string | null {
  if (!inRange(body["temperature"], 0, 2)) {
    return "Invalid temperature value, the valid range of temperature is [0, 2]";
  }
  if (!wholeInRange(body["max_tokens"], 1, provider.maxOutputTokens)) {
    return (
      "Invalid max_tokens value, the valid range of max_tokens is [1, " +
      `${provider.maxOutputTokens}]`
    );
  }
  const topP = body["top_p"];
  if (!inRange(topP, 0, 1) || topP === 0) {
    return "Invalid top_p value, the valid range of top_p is (0, 1.0]";
  }
  for (const name of ["presence_penalty", "frequency_penalty"]) {
    if (!inRange(body[name], -2, 2)) {
      return `Invalid ${name} value, the valid range of ${name} is [-2, 2]`;
    }
  }
  const stop = body["stop"];
  if (Array.isArray(stop) && stop.length > 16) return "Invalid stop value, at most 16 sequences";
  return wholeInRange(body["n"], 1, 1)
    ? null
    : "Invalid n value (currently only n = 1 is supported)";
}

function formatProblem(body: JsonObject): string | null {
  const type = asObject(body["response_format"])?.["type"];
  if (type === undefined || type === "text") return null;
  if (type !== "json_object") return "This response_format type is unavailable now";
  return mentionsJson(body["messages"])
    ? null
    : "Prompt must contain the word 'json' in some form to use 'response_format' " +
        "of type 'json_object'.";
}

function toolProblem(body: JsonObject, way: DeepseekWay): string | null {
  const tools = body["tools"];
  if (Array.isArray(tools) && tools.length > 128) return "Invalid tools value, at most 128 tools";
  const choice = body["tool_choice"];
  const forced = choice === "required" || typeof choice === "object";
  return forced && choice !== null && way.thinking
    ? "Thinking mode does not support this tool_choice"
    : null;
}

function streamProblem(body: JsonObject, way: DeepseekWay): string | null {
  const options = body["stream_options"];
  return options !== undefined && options !== null && !way.stream
    ? "stream_options should be set along with stream = true"
    : null;
}

function lengthProblem(body: JsonObject, provider: LabProvider): string | null {
  const messages = promptTokens(body["messages"]);
  const limit = body["max_tokens"];
  const completion = typeof limit === "number" ? limit : 0;
  const requested = messages + completion;
  // Recorded: crmne/ruby_llm, spec/fixtures/vcr_cassettes (context length exceeded).
  return requested > provider.contextWindow
    ? `This model's maximum context length is ${provider.contextWindow} tokens. ` +
        `However, you requested ${requested} tokens (${messages} in the messages, ` +
        `${completion} in the completion). Please reduce the length of the messages or completion.`
    : null;
}
