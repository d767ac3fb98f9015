import { own } from "./own.ts";
import type { Answer } from "./chat/answer.ts";
import type { ChatRequest } from "./chat/request.ts";
import type { Configuration } from "./configuration.ts";
import type { Journal } from "./journal.ts";
import type { ExplainOptions, GenerateOptions } from "./options.ts";
import type { Ports } from "./ports.ts";
import { currentProvider } from "./request/current.ts";
import type { Sink } from "./request/delivery.ts";
import { enter } from "./request/enter.ts";
import type { Explanation } from "./request/explain.ts";
import { explain } from "./request/explain.ts";
import type { Review } from "./request/review.ts";
import { run } from "./request/run.ts";
import type { Provider } from "./snapshot.ts";
import type { Status } from "./status.ts";
import { statusOf } from "./status.ts";

/** What answers requests, on the configuration in force when each begins. */
export type Engine = {
  /** One request to its end; with a sink as it comes. Rejects with LLMProviderError. */
  run(
    request: ChatRequest,
    options: GenerateOptions,
    signal: AbortSignal,
    sink: Sink | null,
    /** What the answer must be beside complete; left out, nothing. */
    review?: Review,
  ): Promise<Answer>;
  /** Throws LLMProviderError, `bad_request`. */
  explain(request: ChatRequest, options: ExplainOptions): Explanation;
  /** The provider a request arriving now would go to first. */
  current(): Provider | undefined;
  status(): Status;
};

/** The engine behind every door: it joins configuration, journal and ports. */
export function createEngine(configuration: Configuration, journal: Journal, ports: Ports): Engine {
  const world = { ...ports, journal };
  const { clock } = ports;
  let requests = 0;

  function current(): Provider | undefined {
    return currentProvider(configuration.snapshot(), journal.health(), clock.now());
  }

  return {
    async run(request, options, signal, sink, review) {
      const snapshot = configuration.snapshot();
      const entry = enter(request, options, snapshot);
      requests += 1;
      const id = `request-${requests}`;
      const promptTokens = entry.needs.estimatedTokens + (review?.estimatedTokens ?? 0);
      const asked = { promptTokens, id, request, rules: snapshot.failureRules };
      return run({ ...entry, ...asked, signal, sink, review: review ?? null }, world);
    },
    explain(request, options) {
      const snapshot = configuration.snapshot();
      const { stream, ...rest } = options;
      // What is no object is told as that.
      const entry = enter(request, typeof options === "object" ? rest : options, snapshot);
      const isOn = ({ name }: Provider): boolean =>
        own(snapshot.routes, entry.route)?.members.includes(name) === true;
      const known = options.provider === undefined ? snapshot.providers.filter(isOn) : entry.asked;
      const when = { now: clock.now(), stream: stream === true };
      return explain(entry, known, journal.health(), when);
    },
    current,
    status: () => ({
      current: current()?.name ?? null,
      providers: statusOf(configuration.snapshot(), journal.health(), clock.now()),
      configuration: configuration.status(),
      observers: journal.trouble(),
    }),
  };
}
