import type { HttpRequest } from "../ports.ts";
import type { LabEndpoints } from "./endpoints.ts";
import type { LabForm } from "./fault-body.ts";
import type { JsonObject } from "./json.ts";

const messages = [{ role: "user", content: "Hello there" }];

/**
 * A request a simulated provider answers, in one of its forms, to be sent by any client.
 * `fields` are put into the body, on a native path into its `parameters`.
 */
export function sampleRequest(
  to: LabEndpoints,
  form: LabForm,
  fields: JsonObject = {},
): HttpRequest {
  const native = form === "native" || form === "native_stream";
  const stream = form.endsWith("stream");
  const headers = {
    authorization: `Bearer ${to.key}`,
    "content-type": "application/json",
    ...(native && stream ? { "x-dashscope-sse": "enable" } : {}),
  };
  const url = native ? to.nativeEndpoint : to.compatibleEndpoint;
  const body = native ? nativeBody(to.model, fields) : chatBody(to.model, form, fields);
  return { method: "POST", url, headers, body: JSON.stringify(body) };
}

function nativeBody(model: string, fields: JsonObject): JsonObject {
  const parameters = { result_format: "message", incremental_output: true, ...fields };
  return { model, input: { messages }, parameters };
}

function chatBody(model: string, form: LabForm, fields: JsonObject): JsonObject {
  const stream = form.endsWith("stream")
    ? { stream: true, stream_options: { include_usage: true } }
    : {};
  const quiet =
    form.startsWith("chat") && model.startsWith("deepseek")
      ? { thinking: { type: "disabled" } }
      : {};
  return { model, messages, ...stream, ...quiet, ...fields };
}
