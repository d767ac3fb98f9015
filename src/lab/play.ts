import type { Clock, Random } from "../ports.ts";
import { answerTo, type LabAnswer } from "./answer.ts";
import { spoilAnswer } from "./spoil-answer.ts";
import { spoilFrames, type Body } from "./spoil-frames.ts";
import { spoilShape } from "./spoil-shape.ts";
import { uuid } from "./identifiers.ts";
import { receive } from "./receive.ts";
import type { LabAsk } from "./ask.ts";
import type { Dialect, Marks, Received } from "./dialect.ts";
import type { Fault } from "./fault.ts";
import type { Frame } from "./frame.ts";
import type { LabProvider } from "./provider.ts";
import type { LabReply } from "./reply.ts";
import type { LabRequest } from "./request.ts";
import type { Turn } from "./script.ts";
import type { VendorError } from "./vendor-error.ts";

/** Says of every reply that it is none of the vendor's. */
const simulated = { "x-simulated-by": "standin-lab" };

/** What a simulated provider does with a request: the whole of a vendor, as a function. */
export function play(
  provider: LabProvider,
  request: LabRequest,
  turn: Turn,
  outside: { readonly clock: Clock; readonly random: Random },
): LabReply {
  const fault = turn === "well" ? null : turn;
  const unheard = fault === null ? null : withoutHead(fault);
  if (unheard !== null) return unheard;
  const received = receive(request, provider);
  const { dialect, stream, result } = received;
  const at = outside.clock.now();
  const model = "ask" in result ? result.ask.model : "";
  const marks: Marks = { requestId: uuid(outside.random), at, model };
  if (fault?.type === "status") return written(fault, dialect.headers(marks), provider);
  if (fault?.type === "html") return page(fault.status, dialect.headers(marks), provider);
  if (fault?.type === "error") {
    const early = scriptedError(fault, received, marks, provider);
    if (early !== null) return early;
  }
  if ("error" in result) return refusal(result.error, dialect, stream, marks, provider);
  const answer = spoilAnswer(answerTo(result.ask, provider, outside.random), fault, result.ask);
  const frames = framesOf(answer, result.ask, dialect, marks, fault, provider);
  const body = spoilFrames(frames, fault, dialect, stream, marks);
  return answered(
    body,
    dialect,
    stream,
    marks,
    headDelay(fault, dialect, stream, answer, provider),
  );
}

function withoutHead(fault: Fault): LabReply | null {
  if (fault.type === "refused") return { type: "refused" };
  if (fault.type === "reset" && fault.at === "before_head") return { type: "reset" };
  return fault.type === "silent" && fault.at === "before_head" ? { type: "silent" } : null;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function whole(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  headAfterMs: number,
): LabReply {
  const pieces = body === "" ? [] : [{ afterMs: 0, bytes: bytesOf(body) }];
  return {
    type: "reply",
    headAfterMs,
    status,
    headers: { ...headers, ...simulated },
    pieces,
    end: "end",
  };
}

type Written = Extract<Fault, { type: "status" }>;

function written(
  { status, headers, body }: Written,
  own: Readonly<Record<string, string>>,
  { latencyMs }: LabProvider,
): LabReply {
  return whole(status, { ...own, ...headers }, body, latencyMs);
}

function page(
  status: number,
  own: Readonly<Record<string, string>>,
  { latencyMs }: LabProvider,
): LabReply {
  const title = status === 200 ? "Welcome" : `${status}`;
  const body =
    `<html><head><title>${title}</title></head><body>(simulated) a gateway's ` +
    "page</body></html>\n";
  return whole(status, { ...own, "content-type": "text/html" }, body, latencyMs);
}

function refusal(
  error: VendorError,
  dialect: Dialect,
  stream: boolean,
  marks: Marks,
  { latencyMs }: LabProvider,
): LabReply {
  const { status, contentType, body } = dialect.errorReply(error, stream, marks);
  const own = { ...dialect.headers(marks), "content-type": contentType, ...error.headers };
  return whole(status, own, body, latencyMs);
}

function scriptedError(
  fault: Extract<Fault, { type: "error" }>,
  { dialect, stream }: Received,
  marks: Marks,
  provider: LabProvider,
): LabReply | null {
  const { error, at } = fault;
  if (at === "natural") return refusal(error, dialect, stream, marks, provider);
  if (at === "status") {
    return refusal({ ...error, atTheDoor: true, framed: false }, dialect, false, marks, provider);
  }
  if (stream && at !== "in_200") return null;
  const head = { ...dialect.headers(marks), "content-type": dialect.contentType.whole };
  const body = error.plain?.body ?? dialect.errorBody(error, marks);
  return whole(200, { ...head, ...error.headers }, body, provider.latencyMs);
}

function framesOf(
  answer: LabAnswer,
  ask: LabAsk,
  dialect: Dialect,
  marks: Marks,
  fault: Fault | null,
  provider: LabProvider,
): readonly Frame[] {
  const { whole: blank, stream: comment } = dialect.keepAlive;
  const preface: Frame = { kind: "preface", afterMs: 0, text: ask.stream ? comment : blank };
  const before = dialect.prefaced ? [preface] : [];
  if (!ask.stream) {
    const data = spoilShape(dialect.whole(answer, ask, marks), fault);
    const afterMs = dialect.prefaced ? writingTime(answer, provider) : 0;
    return [...before, { kind: "body", afterMs, text: JSON.stringify(data) }];
  }
  const chunks = dialect.chunks(answer, ask, marks).map(({ kind, data }, index): Frame => {
    const spoilt = spoilShape(data, fault);
    const first = index === 0 && dialect.prefaced ? provider.latencyMs : 0;
    const afterMs = first + (["reasoning", "text", "call"].includes(kind) ? provider.deltaMs : 0);
    return { kind, afterMs, text: dialect.frame(spoilt, index + 1) };
  });
  const mark: Frame[] =
    dialect.endMark === null ? [] : [{ kind: "mark", afterMs: 0, text: dialect.endMark }];
  return [...before, ...chunks, ...mark];
}

function writingTime(answer: LabAnswer, { latencyMs, deltaMs }: LabProvider): number {
  const deltas = answer.reasoning.length + answer.text.length + answer.calls.length;
  return latencyMs + deltas * deltaMs;
}

function headDelay(
  fault: Fault | null,
  dialect: Dialect,
  stream: boolean,
  answer: LabAnswer,
  provider: LabProvider,
): number {
  if (fault?.type === "slow_first_byte") return fault.delayMs;
  // A house that sends keep-alives has sent its head long before.
  if (dialect.prefaced) return 0;
  return stream ? provider.latencyMs : writingTime(answer, provider);
}

function answered(
  { frames, end }: Body,
  dialect: Dialect,
  stream: boolean,
  marks: Marks,
  headAfterMs: number,
): LabReply {
  const contentType = stream ? dialect.contentType.stream : dialect.contentType.whole;
  return {
    type: "reply",
    headAfterMs,
    status: 200,
    headers: { ...dialect.headers(marks), "content-type": contentType, ...simulated },
    pieces: frames,
    end,
  };
}
