import type { LabAsk, LabMessage, LabTool, LabToolChoice } from "./ask.ts";
import { asObject, type JsonObject } from "./json.ts";

/** What a house must say itself about a request. */
export type HouseReading = {
  readonly vendor: string;
  readonly stream: boolean;
  readonly thinking: boolean;
  readonly plainText: boolean;
  readonly incremental: boolean;
};

/** The request as the model understands it, from fields that have passed the vendor's checks. */
export function readAsk(fields: JsonObject, house: HouseReading): LabAsk {
  const messages = messagesOf(fields["messages"]);
  const users = messages.filter(({ role }) => role === "user");
  const format = asObject(fields["response_format"]);
  const limit = fields["max_tokens"] ?? fields["max_completion_tokens"];
  return {
    ...house,
    model: String(fields["model"]),
    messages,
    prompt: users.at(-1)?.text ?? "",
    tools: toolsOf(fields["tools"]),
    toolChoice: toolChoiceOf(fields["tool_choice"]),
    maxTokens: typeof limit === "number" ? limit : null,
    json: format?.["type"] === "json_object",
    schema: asObject(asObject(format?.["json_schema"])?.["schema"]),
    stop: stopOf(fields["stop"]),
    includeUsage: asObject(fields["stream_options"])?.["include_usage"] === true,
  };
}

/** The text of a message's content, be it a text or a list of parts. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  const texts = content.map((part: unknown) => asObject(part)?.["text"]);
  return texts.filter((text) => typeof text === "string").join("");
}

function messagesOf(value: unknown): readonly LabMessage[] {
  if (!Array.isArray(value)) return [];
  return value.map((each: unknown) => {
    const message = asObject(each) ?? {};
    return { role: String(message["role"]), text: textOf(message["content"]) };
  });
}

function toolsOf(value: unknown): readonly LabTool[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    const described = asObject(asObject(each)?.["function"]);
    const name = described?.["name"];
    return typeof name === "string"
      ? [{ name, parameters: asObject(described?.["parameters"]) }]
      : [];
  });
}

function toolChoiceOf(value: unknown): LabToolChoice {
  if (value === "none" || value === "required") return value;
  const name = asObject(asObject(value)?.["function"])?.["name"];
  return typeof name === "string" ? { name } : "auto";
}

function stopOf(value: unknown): readonly string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((word) => typeof word === "string" && word !== "") as string[];
}
