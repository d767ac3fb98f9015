import type { Content } from "../chat/answer.ts";
import type { Collector } from "../chat/collect.ts";
import { createCollector } from "../chat/collect.ts";
import type { Delta } from "../chat/delta.ts";
import { isContent } from "../chat/delta.ts";
import type { ChatRequest } from "../chat/request.ts";
import type { Failure } from "../failure.ts";
import type { Clock, HttpResponse, Transport } from "../ports.ts";
import { classify, classifyTransport } from "../providers/classify.ts";
import type { Codec, Decoder, Encoded, WireEvent } from "../providers/codec.ts";
import { createEventReader } from "../providers/event-reader.ts";
import type { FailureRule, Provider } from "../snapshot.ts";
import { readErrorText } from "./error-text.ts";
import type { Cut, Limits, Watchdog } from "./watchdog.ts";
import { createWatchdog } from "./watchdog.ts";

/** Silence that ends an answer whose vendor has no end mark of its own, in milliseconds. */
const settleMs = 2_000;

/** Where the deltas of a stream go. */
export type Sink = {
  /** A promise where the receiver has enough for now. */
  push(deltas: readonly Delta[]): Promise<void> | undefined;
};

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

/** One HTTP exchange with one provider, held back until it commits. Never rejects. */
export async function attempt(
  call: AttemptCall,
  transport: Transport,
  clock: Clock,
): Promise<AttemptResult> {
  const encoded = call.codec.encode(call.request, call.provider, call.sink !== null);
  const reading = createReading(call, clock);
  if ("kind" in encoded) return reading.result([], null, encoded);
  const watchdog = createWatchdog(clock, call.limits, call.signal);
  let failure: Failure | null;
  try {
    const response = await transport.send(
      { method: "POST", url: encoded.url, headers: encoded.headers, body: encoded.body },
      { signal: watchdog.signal, connected: watchdog.connected },
    );
    failure = await reading.read(response, watchdog);
  } catch (error) {
    failure = reading.interrupted(watchdog.cut(), error);
  }
  failure ??= reading.hasFinish() ? null : unfinished;
  watchdog.stop(failure !== null);
  return reading.result(encoded.adaptations, reading.requestId(), failure);
}

type Reading = {
  read(response: HttpResponse, watchdog: Watchdog): Promise<Failure | null>;
  interrupted(cut: Cut | null, error: unknown): Failure | null;
  hasFinish(): boolean;
  requestId(): string | null;
  result(
    adaptations: Encoded["adaptations"],
    requestId: string | null,
    failure: Failure | null,
  ): AttemptResult;
};

function createReading(call: AttemptCall, clock: Clock): Reading {
  const startedAt = clock.now();
  const collector: Collector = createCollector();
  let held: Delta[] = [];
  let committed = false;
  let firstContentMs: number | null = null;
  let decoder: Decoder | null = null;
  let errorRequestId: string | null = null;

  async function deliver(deltas: readonly Delta[], watchdog: Watchdog): Promise<void> {
    let content = false;
    for (const delta of deltas) {
      collector.add(delta);
      content ||= isContent(delta);
    }
    if (content) watchdog.content();
    if (content && firstContentMs === null) firstContentMs = clock.now() - startedAt;
    if (call.sink === null) return;
    if (!committed && !content) {
      held.push(...deltas);
      return;
    }
    const flowing = committed ? deltas : [...held, ...deltas];
    if (!committed) {
      committed = true;
      held = [];
      call.onCommit(firstContentMs ?? 0);
    }
    const full = call.sink.push(flowing);
    if (full === undefined) return;
    watchdog.pause();
    await Promise.race([full, aborted(watchdog.signal)]);
    watchdog.resume();
  }

  // `null`: complete; `undefined`: there is more to read.
  async function take(
    events: readonly WireEvent[],
    from: Decoder,
    watchdog: Watchdog,
  ): Promise<Failure | null | undefined> {
    for (const event of events) {
      const { deltas, state } = from.feed(event);
      if (deltas.length > 0) await deliver(deltas, watchdog);
      if (typeof state !== "string") return state;
      if (state === "complete") return null;
      if (state === "settling") watchdog.settle(settleMs);
    }
    return undefined;
  }

  return {
    async read(response, watchdog) {
      const { status, headers } = response;
      if (status < 200 || status > 299) {
        const body = await readErrorText(response.body);
        if (watchdog.cut()?.by === "caller") return abortedByCaller;
        const reply = { status, headers, body, at: clock.now() };
        const failure = classify(call.provider.vendor, reply, call.rules);
        errorRequestId = failure.requestId ?? null;
        return failure;
      }
      const context = { status, headers, at: clock.now(), rules: call.rules };
      decoder = call.codec.decoder(call.provider, context);
      const reader = createEventReader();
      for await (const bytes of response.body) {
        const ended = await take(reader.feed(bytes), decoder, watchdog);
        if (ended !== undefined) return ended;
      }
      const ended = await take(reader.close(), decoder, watchdog);
      return ended === undefined ? unfinished : ended;
    },
    interrupted(cut, error) {
      if (cut === null) return classifyTransport(error);
      if (cut.by === "caller") return abortedByCaller;
      if (cut.by === "timer") return timedOut(cut, call);
      // Quiet after everything was said is the close that never came.
      const state = decoder?.feed({ type: "close" }).state;
      return state === "complete" ? null : typeof state === "object" ? state : unfinished;
    },
    hasFinish: () => collector.content().finishReason !== null,
    requestId: () => decoder?.requestId() ?? errorRequestId,
    result(adaptations, requestId, failure) {
      const content = collector.content();
      return { content, requestId, adaptations, firstContentMs, committed, failure };
    },
  };
}

const abortedByCaller: Failure = { kind: "aborted", message: "The caller ended the request." };

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

const unfinished: Failure = {
  kind: "malformed",
  message: "The answer ended without the provider's end mark; it was cut on its way.",
};

const phaseWords = {
  connect: "no connection was made",
  first_content: "no content came",
  idle: "no further content came",
  total: "the answer was not complete",
} as const;

function timedOut(cut: Extract<Cut, { by: "timer" }>, call: AttemptCall): Failure {
  return {
    kind: "timeout",
    phase: cut.phase,
    message: `${call.provider.name}: ${phaseWords[cut.phase]} within ${cut.limitMs / 1000} s.`,
    ...(call.shortened ? { shortened: true } : {}),
  };
}
