import type { Json } from "./json.ts";
import { isObject, parseJson } from "./json.ts";
import { createSseReader } from "./sse.ts";

/** What an error body says, whatever its shape. */
export type VendorError = {
  readonly form: "json" | "text" | "html" | "empty";
  /** Every code and type that stands in it, the outermost code first. */
  readonly codes: readonly string[];
  readonly message: string;
  /** The status stated inside it. */
  readonly status: number | null;
  readonly requestId: string | null;
};

const nothing = { codes: [], message: "", status: null, requestId: null } as const;

/** Reads the text of an error body of any shape; what cannot be read is a plain message. */
export function readErrorBody(text: string): VendorError {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") return { ...nothing, form: "empty" };
  if (trimmed.startsWith("<") && !/^<\d{3}>/.test(trimmed)) return { ...nothing, form: "html" };
  if (/^(data|event|id):|^:/.test(trimmed)) return readFramed(trimmed);
  const value = parseJson(trimmed);
  return value === undefined ? readWrapped(trimmed) : readErrorValue(value);
}

/** Reads an error that is parsed already, such as one within a stream. */
export function readErrorValue(value: unknown, depth = 0): VendorError {
  if (typeof value === "string") return depth > 2 ? plain(value) : readNested(value, depth);
  if (Array.isArray(value)) {
    return value.length === 0 ? { ...nothing, form: "empty" } : readErrorValue(value[0], depth + 1);
  }
  if (!isObject(value) || depth > 4) return { ...nothing, form: "json" };
  return readObject(value, depth);
}

function readObject(value: Json, depth: number): VendorError {
  const { error } = value;
  const inner = isObject(error) ? error : value;
  const said = inner["message"] ?? (typeof error === "string" ? error : detailOf(value));
  const nested = readErrorValue(messageText(said), depth + 1);
  const codes = [inner["code"], value["code"], inner["type"], ...deeperCodes(inner)].filter(isCode);
  return {
    form: "json",
    codes: [...new Set([...codes.map(String), ...nested.codes])],
    message: nested.message,
    status: nested.status ?? statusOf(inner) ?? statusOf(value),
    requestId: requestIdOf(value) ?? requestIdOf(inner) ?? nested.requestId,
  };
}

function readNested(text: string, depth: number): VendorError {
  const trimmed = text.trim();
  const value = /^[[{"]/.test(trimmed) ? parseJson(trimmed) : undefined;
  return value === undefined ? readWrapped(trimmed) : readErrorValue(value, depth + 1);
}

// `<429> InternalError.Algo: what happened`
function readWrapped(text: string): VendorError {
  const found = /^<(\d{3})>\s*(?:([A-Z][\w.]*):)?\s*([^]*)$/.exec(text);
  if (found === null) return plain(text);
  const [, status, code, message = ""] = found;
  const codes = code === undefined ? [] : [code];
  return { ...nothing, form: "text", codes, message, status: Number(status) };
}

// A vendor may frame the body of an error as the stream that was asked for.
function readFramed(text: string): VendorError {
  const reader = createSseReader();
  for (const event of [...reader.feed(text), ...reader.flush()]) {
    if (event.type !== "event" || event.data.trim() === "") continue;
    const error = readNested(event.data, 0);
    return { ...error, status: error.status ?? event.status };
  }
  return { ...nothing, form: "empty" };
}

function plain(message: string): VendorError {
  return { ...nothing, form: "text", message };
}

function messageText(said: unknown): string {
  return typeof said === "string" ? said : said === undefined ? "" : JSON.stringify(said);
}

// `{detail: "…"}` and `{detail: [{msg: "…"}]}`
function detailOf({ detail, msg }: Json): unknown {
  const first: unknown = Array.isArray(detail) ? detail[0] : detail;
  return (isObject(first) ? (first["msg"] ?? first["message"]) : first) ?? msg;
}

function deeperCodes({ innererror, metadata }: Json): readonly unknown[] {
  const azure = isObject(innererror) ? innererror["code"] : undefined;
  const router = isObject(metadata) ? metadata["error_type"] : undefined;
  return [azure, router];
}

function isCode(code: unknown): code is string | number {
  return typeof code === "number" || (typeof code === "string" && code !== "");
}

function statusOf(error: Json): number | null {
  for (const stated of [error["status_code"], error["status"], error["code"]]) {
    const status = typeof stated === "string" ? Number(stated) : stated;
    if (typeof status === "number" && status >= 400 && status <= 599) return status;
  }
  return null;
}

function requestIdOf(error: Json): string | null {
  const id = error["request_id"] ?? error["requestId"];
  return typeof id === "string" && id !== "" ? id : null;
}
