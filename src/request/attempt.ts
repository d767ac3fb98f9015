import type { Content } from "../chat/answer.ts";
import type { ChatRequest } from "../chat/request.ts";
import type { Failure } from "../failure.ts";
import type { Clock, HttpResponse, Transport } from "../ports.ts";
import { classify, classifyTransport } from "../providers/classify.ts";
import type { Codec, Decoder, Encoded, WireEvent } from "../providers/codec.ts";
import { createEventReader } from "../providers/event-reader.ts";
import type { FailureRule, Provider } from "../snapshot.ts";
import { abortedFailure, timeoutFailure, unfinishedFailure } from "./cut-failure.ts";
import type { Delivery, Sink } from "./delivery.ts";
import { createDelivery } from "./delivery.ts";
import { readErrorText } from "./error-text.ts";
import { maskOf } from "./mask.ts";
import type { Cut, Limits, Watchdog } from "./watchdog.ts";
import { createWatchdog } from "./watchdog.ts";

/** Silence that ends an answer whose vendor has no end mark of its own, in milliseconds. */
const settleMs = 2_000;

/** One call of one provider. */
export type AttemptCall = {
  readonly request: ChatRequest;
  readonly provider: Provider;
  readonly codec: Codec;
  readonly limits: Limits;
  /** Whether `limits` are shorter than the provider's own. */
  readonly shortened: boolean;
  readonly rules: readonly FailureRule[];
  readonly signal: AbortSignal | null;
  /** `null`: a whole answer is wanted, which commits when it is complete. */
  readonly sink: Sink | null;
  readonly onCommit: (firstContentMs: number) => void;
};

/** What an attempt came to. */
export type AttemptResult = {
  readonly content: Content;
  readonly requestId: string | null;
  readonly adaptations: readonly string[];
  /** When it began, by the clock it was given. */
  readonly startedAt: number;
  readonly firstContentMs: number | null;
  readonly committed: boolean;
  /** `null`: the answer is complete. */
  readonly failure: Failure | null;
};

type Timer = Extract<Cut, { by: "timer" }>;

/** What was learnt while reading, whatever became of it. */
type Reading = { decoder: Decoder | null; requestId: string | null; settling: boolean };

/** One HTTP exchange with one provider, held back until it commits. Never rejects. */
export async function attempt(
  call: AttemptCall,
  transport: Transport,
  clock: Clock,
): Promise<AttemptResult> {
  const delivery = createDelivery(call.sink, call.onCommit, clock);
  const reading: Reading = { decoder: null, requestId: null, settling: false };
  const encoded = encode(call);
  if ("kind" in encoded) return resultOf(call, delivery, reading, [], encoded);
  const watchdog = createWatchdog(clock, call.limits, call.signal);
  let failure: Failure | null;
  try {
    const { url, headers, body } = encoded;
    const response = await transport.send(
      { method: "POST", url, headers, body },
      { signal: watchdog.signal, connected: () => watchdog.connected() },
    );
    const { status } = response;
    failure =
      status >= 200 && status <= 299
        ? await readAnswer(call, response, { delivery, reading, watchdog, clock })
        : await readError(call, response, reading, clock);
    if (watchdog.cut()?.by === "caller") failure = abortedFailure;
  } catch (error) {
    failure = interruption(call, watchdog, reading, error);
  }
  if (failure === null && !delivery.finished()) failure = unfinishedFailure;
  watchdog.stop(failure !== null);
  return resultOf(call, delivery, reading, encoded.adaptations, failure);
}

function encode({ codec, request, provider, sink }: AttemptCall): Encoded | Failure {
  try {
    return codec.encode(request, provider, sink !== null);
  } catch (error) {
    // JSON cannot hold everything a caller can: cycles, BigInt, a toJSON that throws.
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return { kind: "bad_request", message: `The request cannot be written as JSON: ${reason}.` };
  }
}

async function readError(
  call: AttemptCall,
  { status, headers, body }: HttpResponse,
  reading: Reading,
  clock: Clock,
): Promise<Failure> {
  const text = await readErrorText(body, clock);
  const reply = { status, headers, body: text, at: clock.now() };
  const failure = classify(call.provider.vendor, reply, call.rules);
  reading.requestId = failure.requestId ?? null;
  return failure;
}

type Instruments = {
  readonly delivery: Delivery;
  readonly reading: Reading;
  readonly watchdog: Watchdog;
  readonly clock: Clock;
};

async function readAnswer(
  call: AttemptCall,
  { status, headers, body }: HttpResponse,
  { delivery, reading, watchdog, clock }: Instruments,
): Promise<Failure | null> {
  const context = { status, headers, at: clock.now(), rules: call.rules };
  const decoder = call.codec.decoder(call.provider, context);
  reading.decoder = decoder;
  const reader = createEventReader();
  for await (const bytes of body) {
    const end = await take(reader.feed(bytes), decoder, delivery, watchdog, reading);
    if (end !== undefined) return end;
  }
  const end = await take(reader.close(), decoder, delivery, watchdog, reading);
  return end === undefined ? unfinishedFailure : end;
}

// `null`: complete; `undefined`: there is more to read.
async function take(
  events: readonly WireEvent[],
  decoder: Decoder,
  delivery: Delivery,
  watchdog: Watchdog,
  reading: Reading,
): Promise<Failure | null | undefined> {
  for (const event of events) {
    const { deltas, state } = decoder.feed(event);
    const full = deltas.length > 0 ? delivery.deliver(deltas, watchdog) : undefined;
    if (full !== undefined) await full;
    if (typeof state !== "string") return state;
    if (state === "complete") return null;
    reading.settling = state === "settling";
    if (reading.settling) watchdog.settle(settleMs);
  }
  return undefined;
}

function interruption(
  call: AttemptCall,
  watchdog: Watchdog,
  { decoder, settling }: Reading,
  error: unknown,
): Failure | null {
  const cut = watchdog.cut();
  // Once everything was said, a broken connection is a close like any other.
  if (cut === null && !settling) return classifyTransport(error);
  if (cut === null) return atClose(decoder);
  if (cut.by === "caller") return abortedFailure;
  if (cut.by === "timer") return timeoutFailure(call.provider.name, cut, isShortened(call, cut));
  // Quiet after everything was said is the close that never came.
  return atClose(decoder);
}

// Only what the request's own time can cut was cut by it.
function isShortened(
  { shortened, sink, provider }: AttemptCall,
  { phase, limitMs }: Timer,
): boolean {
  if (phase === "connect") return shortened && limitMs < provider.timeouts.connectMs;
  return shortened && phase === (sink === null ? "total" : "first_content");
}

function atClose(decoder: Decoder | null): Failure | null {
  const state = decoder?.feed({ type: "close" }).state;
  return state === "complete" ? null : typeof state === "object" ? state : unfinishedFailure;
}

function resultOf(
  { provider }: AttemptCall,
  delivery: Delivery,
  { decoder, requestId }: Reading,
  adaptations: readonly string[],
  failure: Failure | null,
): AttemptResult {
  const id = decoder?.requestId() ?? requestId;
  return {
    content: delivery.content(),
    requestId: id === null ? null : maskOf(provider).text(id),
    adaptations,
    startedAt: delivery.startedAt,
    firstContentMs: delivery.firstContentMs(),
    committed: delivery.committed(),
    failure: failure === null ? null : maskOf(provider).failure(failure),
  };
}
