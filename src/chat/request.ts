/** A piece of a message's content; unknown kinds pass through. */
export type ContentPart =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "image_url";
      /** `url` is an address, or the image itself as a `data:` URL. */
      readonly image_url: { readonly url: string; readonly detail?: string };
    }
  | { readonly type: string; readonly [field: string]: unknown };

/** A call of a tool, as a model made it. */
export type RequestToolCall = {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; readonly arguments: string };
};

/** The roles a message may have. */
export type Role = "system" | "developer" | "user" | "assistant" | "tool";

/** One message of a conversation, in OpenAI's shape; unknown fields pass through. */
export type Message = {
  readonly role: Role;
  readonly content?: string | readonly ContentPart[] | null;
  readonly name?: string;
  readonly tool_calls?: readonly RequestToolCall[];
  readonly tool_call_id?: string;
  readonly reasoning_content?: string;
  readonly [field: string]: unknown;
};

/** A tool the model may call. */
export type Tool = {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: Readonly<Record<string, unknown>>;
    readonly strict?: boolean;
  };
};

/**
 * OpenAI's chat body without `model`. Fields not named here pass through to the provider; those
 * that are options (`route`, `deadlineMs`, …) are refused, since they would act on nothing there.
 */
export type ChatRequest = {
  readonly messages: readonly Message[];
  /** Replaces the provider's own `max_tokens`; `null` sends none. */
  readonly max_tokens?: number | null;
  readonly max_completion_tokens?: number;
  /** Replaces the provider's own `temperature`; `null` sends none. */
  readonly temperature?: number | null;
  readonly top_p?: number;
  readonly stop?: string | readonly string[];
  readonly seed?: number;
  readonly presence_penalty?: number;
  readonly frequency_penalty?: number;
  readonly tools?: readonly Tool[];
  readonly tool_choice?:
    | "auto"
    | "none"
    | "required"
    | { readonly type: "function"; readonly function: { readonly name: string } };
  readonly parallel_tool_calls?: boolean;
  readonly response_format?: { readonly type: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
};

const fieldNames = [
  ...["max_tokens", "max_completion_tokens", "temperature", "top_p", "stop", "seed"],
  ...["presence_penalty", "frequency_penalty", "tools", "tool_choice", "parallel_tool_calls"],
  ...["response_format", "reasoning_effort", "enable_thinking", "thinking_budget", "top_k"],
];

const roles = new Set(["system", "developer", "user", "assistant", "tool"]);

/** What is wrong with a request before any provider is asked, in one sentence; or `null`. */
export function requestProblem(request: ChatRequest): string | null {
  if (typeof request !== "object" || request === null || Array.isArray(request)) {
    return "The request must be an object with `messages`.";
  }
  return fieldProblem(request) ?? messagesProblem(request.messages);
}

function fieldProblem(request: ChatRequest): string | null {
  if ("model" in request) {
    return "Remove `model` from the request: each provider's own `model_name` is used.";
  }
  if (typeof request["toJSON"] === "function") {
    return "The request must be plain data: it has a `toJSON` of its own.";
  }
  const misspelt = Object.keys(request).find((name) => inSnakeCase(name) !== name);
  if (misspelt !== undefined && fieldNames.includes(inSnakeCase(misspelt))) {
    return `There is no field \`${misspelt}\`; did you mean \`${inSnakeCase(misspelt)}\`?`;
  }
  if (request["stream"] !== undefined && request["stream"] !== false) {
    return "Remove `stream` from the request: generate() gives whole answers, stream() streams.";
  }
  if (request["n"] !== undefined && request["n"] !== 1) {
    return "`n` must be 1: ask once for each answer you want.";
  }
  for (const name of ["max_tokens", "max_completion_tokens"] as const) {
    const value = request[name];
    const none = value === undefined || (value === null && name === "max_tokens");
    if (!none && !(Number.isInteger(value) && Number(value) > 0)) {
      return `\`${name}\` must be a whole number above 0, or left out.`;
    }
  }
  const { temperature } = request;
  if (temperature === undefined || temperature === null) return null;
  return typeof temperature === "number" && temperature >= 0 && temperature <= 2
    ? null
    : "`temperature` must be a number between 0 and 2, or left out.";
}

function inSnakeCase(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}

function messagesProblem(messages: unknown): string | null {
  if (!Array.isArray(messages) || messages.length === 0) {
    return "`messages` must be a list with at least one message.";
  }
  for (const [index, message] of messages.entries()) {
    const problem = messageProblem(message as unknown);
    if (problem !== null) return `messages[${index}]: ${problem}`;
  }
  return null;
}

function messageProblem(message: unknown): string | null {
  if (typeof message !== "object" || message === null) return "a message must be an object.";
  const { role, content, tool_calls: toolCalls } = message as Partial<Message>;
  if (typeof role !== "string" || !roles.has(role)) {
    return `unknown role ${JSON.stringify(role)}; use one of ${[...roles].join(", ")}.`;
  }
  if (role === "assistant" && (content === undefined || content === null)) {
    return Array.isArray(toolCalls) && toolCalls.length > 0
      ? null
      : "an assistant message needs `content` or `tool_calls`.";
  }
  if (typeof content === "string") {
    return role === "user" && content.trim() === "" ? "the user's text is empty." : null;
  }
  if (!Array.isArray(content) || content.length === 0) {
    return "`content` must be a text or a list of parts with at least one part.";
  }
  const bad = content.findIndex((part: unknown) => !isPart(part));
  return bad < 0 ? null : `content[${bad}] must be an object with a \`type\`.`;
}

function isPart(part: unknown): boolean {
  return typeof part === "object" && part !== null && typeof Reflect.get(part, "type") === "string";
}
