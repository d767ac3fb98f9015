import type { Delta, Usage } from "../chat/delta.ts";
import type { Failure } from "../failure.ts";
import type { Provider } from "../snapshot.ts";
import { classifyError, requestIdIn } from "./classify.ts";
import type { Decoder, DecoderContext, Fed, WireEvent } from "./codec.ts";
import type { EndMark, Ending } from "./ending.ts";
import { createEnding } from "./ending.ts";
import type { VendorError } from "./error-body.ts";
import { readErrorBody, readErrorValue } from "./error-body.ts";
import type { Json } from "./json.ts";
import { isObject, parseJson } from "./json.ts";
import { malformed } from "./malformed.ts";
import type { MessageReader } from "./message.ts";
import { createMessageReader } from "./message.ts";
import { mergeUsage } from "./usage.ts";

/** How one wire format lays out what all of them say. */
export type Dialect = {
  /** The first choice of a body or chunk; `null`: none in this one; `undefined`: a wrong shape. */
  choice(value: Json, whole: boolean): Json | null | undefined;
  readonly endMark: EndMark;
};

/** Decodes one reply: a body is one event whose `message` stands where a chunk has `delta`. */
export function createAnswerDecoder(
  dialect: Dialect,
  provider: Provider,
  context: DecoderContext,
): Decoder {
  const reading: Reading = {
    ...{ dialect, provider, context, deltas: [], usage: null },
    messages: createMessageReader(),
    ending: createEnding(provider.vendor, dialect.endMark),
    requestId: requestIdIn(provider.vendor, context.headers),
  };
  let end: "complete" | Failure | null = null;
  return {
    feed(event) {
      if (end !== null) return { deltas: [], state: end };
      const deltas: Delta[] = (reading.deltas = []);
      const read = readEvent(reading, event);
      const state = typeof read === "string" ? read : withRequestId(read, reading.requestId);
      if (state === "complete" || typeof state === "object") end = state;
      return { deltas, state };
    },
    requestId: () => reading.requestId,
  };
}

type State = Fed["state"];

type Reading = {
  readonly dialect: Dialect;
  readonly provider: Provider;
  readonly context: DecoderContext;
  readonly messages: MessageReader;
  readonly ending: Ending;
  requestId: string | null;
  usage: Usage | null;
  /** Of the present event. */
  deltas: Delta[];
};

function readEvent(reading: Reading, event: WireEvent): State {
  const { ending } = reading;
  switch (event.type) {
    case "unreadable":
      return malformed(event.message);
    case "close":
      return ending.atClose();
    case "body": {
      const state = readText(reading, event.data, true);
      return typeof state === "string" ? ending.atMark() : state;
    }
    case "event": {
      const { name, data, status } = event;
      if (data.trim() === "") return "more";
      if (name === "error" || (status !== null && status >= 400)) {
        return fail(reading, readErrorBody(data), status);
      }
      const marked = data.startsWith("[DONE]") || name === "done";
      return marked ? ending.atMark() : readText(reading, data, false);
    }
  }
}

function readText(reading: Reading, data: string, whole: boolean): State {
  const value = parseJson(data);
  if (!isObject(value)) return notAnAnswer(data, whole);
  const stated = value["request_id"];
  if (typeof stated === "string" && stated !== "") reading.requestId = stated;
  if (isError(value)) return fail(reading, readErrorValue(value), null);
  const choice = reading.dialect.choice(value, whole);
  if (choice === undefined) return malformed("The reply holds no answer where one should be");
  const usage = value["usage"];
  if (isObject(usage)) {
    reading.usage = mergeUsage(reading.usage, usage);
    reading.deltas.push({ type: "usage", usage: reading.usage });
  }
  return choice === null ? reading.ending.state() : readChoice(reading, choice);
}

function readChoice(reading: Reading, choice: Json): State {
  const { deltas, ending } = reading;
  const message = choice["message"] ?? choice["delta"] ?? {};
  if (!isObject(message)) return malformed("The reply has a message of a wrong shape");
  const reason = choice["finish_reason"];
  if (reason === "error_finish" || reason === "error") {
    const { content } = message;
    return fail(reading, readErrorBody(typeof content === "string" ? content : ""), null);
  }
  const before = deltas.length;
  if (!reading.messages.read(message, deltas)) {
    return malformed("The reply has content of a wrong shape");
  }
  ending.see(deltas, before);
  const finish = ending.finish(reason);
  if (finish === null) return ending.state();
  if (finish.type !== "finish") return finish.failure;
  deltas.push(finish);
  return ending.state();
}

function fail({ provider, context }: Reading, error: VendorError, status: number | null): Failure {
  const stated = { ...error, status: error.status ?? status };
  return classifyError(provider.vendor, stated, context, context.rules);
}

function withRequestId(failure: Failure, requestId: string | null): Failure {
  const known = failure.requestId !== undefined || requestId === null;
  return known ? failure : { ...failure, requestId };
}

// An error comes as `error`, or flat as a code and a message where an answer should be.
function isError(value: Json): boolean {
  const { error, code, message } = value;
  if (error !== undefined && error !== null && error !== false && error !== "") return true;
  if (value["choices"] !== undefined || value["output"] !== undefined) return false;
  const coded = (typeof code === "string" && code !== "") || typeof code === "number";
  return (coded || value["object"] === "error") && typeof message === "string";
}

function notAnAnswer(data: string, whole: boolean): Failure {
  const start = data.trimStart();
  if (start === "") return malformed("The reply is empty");
  if (start.startsWith("<"))
    return malformed("The reply is a web page", "check api_endpoint and the proxy");
  return malformed(whole ? "The reply is no JSON object" : "The stream holds a broken event");
}
