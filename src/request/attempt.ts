import type { Content } from "../chat/answer.ts";
import type { ChatRequest } from "../chat/request.ts";
import type { Failure } from "../failure.ts";
import type { Clock, HttpResponse, Transport } from "../ports.ts";
import { classify, classifyTransport } from "../providers/classify.ts";
import type { Codec, Decoder, WireEvent } from "../providers/codec.ts";
import { createEventReader } from "../providers/event-reader.ts";
import type { FailureRule, Provider } from "../snapshot.ts";
import { abortedFailure, timeoutFailure, unfinishedFailure } from "./cut-failure.ts";
import type { Delivery, Sink } from "./delivery.ts";
import { createDelivery } from "./delivery.ts";
import { readErrorText } from "./error-text.ts";
import type { Limits, Watchdog } from "./watchdog.ts";
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
  readonly firstContentMs: number | null;
  readonly committed: boolean;
  /** `null`: the answer is complete. */
  readonly failure: Failure | null;
};

/** What was learnt while reading, whatever became of it. */
type Reading = { decoder: Decoder | null; requestId: string | null };

/** One HTTP exchange with one provider, held back until it commits. Never rejects. */
export async function attempt(
  call: AttemptCall,
  transport: Transport,
  clock: Clock,
): Promise<AttemptResult> {
  const delivery = createDelivery(call.sink, call.onCommit, clock);
  const reading: Reading = { decoder: null, requestId: null };
  const encoded = call.codec.encode(call.request, call.provider, call.sink !== null);
  if ("kind" in encoded) return resultOf(delivery, reading, [], encoded);
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
  if (failure === null && delivery.content().finishReason === null) failure = unfinishedFailure;
  watchdog.stop(failure !== null);
  return resultOf(delivery, reading, encoded.adaptations, failure);
}

async function readError(
  call: AttemptCall,
  { status, headers, body }: HttpResponse,
  reading: Reading,
  clock: Clock,
): Promise<Failure> {
  const reply = { status, headers, body: await readErrorText(body), at: clock.now() };
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
    const end = await take(reader.feed(bytes), decoder, delivery, watchdog);
    if (end !== undefined) return end;
  }
  const end = await take(reader.close(), decoder, delivery, watchdog);
  return end === undefined ? unfinishedFailure : end;
}

// `null`: complete; `undefined`: there is more to read.
async function take(
  events: readonly WireEvent[],
  decoder: Decoder,
  delivery: Delivery,
  watchdog: Watchdog,
): Promise<Failure | null | undefined> {
  for (const event of events) {
    const { deltas, state } = decoder.feed(event);
    if (deltas.length > 0) await delivery.deliver(deltas, watchdog);
    if (typeof state !== "string") return state;
    if (state === "complete") return null;
    if (state === "settling") watchdog.settle(settleMs);
  }
  return undefined;
}

function interruption(
  call: AttemptCall,
  watchdog: Watchdog,
  { decoder }: Reading,
  error: unknown,
): Failure | null {
  const cut = watchdog.cut();
  if (cut === null) return classifyTransport(error);
  if (cut.by === "caller") return abortedFailure;
  if (cut.by === "timer") return timeoutFailure(call.provider.name, cut, call.shortened);
  // Quiet after everything was said is the close that never came.
  const state = decoder?.feed({ type: "close" }).state;
  return state === "complete" ? null : typeof state === "object" ? state : unfinishedFailure;
}

function resultOf(
  delivery: Delivery,
  { decoder, requestId }: Reading,
  adaptations: readonly string[],
  failure: Failure | null,
): AttemptResult {
  return {
    content: delivery.content(),
    requestId: decoder?.requestId() ?? requestId,
    adaptations,
    firstContentMs: delivery.firstContentMs(),
    committed: delivery.committed(),
    failure,
  };
}
