import type { Answer } from "./chat/answer.ts";
import type { ChatRequest } from "./chat/request.ts";
import { compareSnapshots } from "./config/diff.ts";
import type { LLMConfig } from "./config/llm-config.ts";
import { describeProvider } from "./config/llm-config.ts";
import type { Source } from "./config/source.ts";
import { nameOf, readSource, readSourceSync } from "./config/source.ts";
import { LLMConfigurationError, sayProblem } from "./errors.ts";
import type { Problem } from "./errors.ts";
import type { ConfigurationEvent } from "./event.ts";
import type { Journal, Observer } from "./journal.ts";
import { createJournal } from "./journal.ts";
import { systemPorts } from "./node/ports.ts";
import { logTo } from "./observe/log.ts";
import type { GenerateOptions, ManagerOptions } from "./options.ts";
import type { Ports } from "./ports.ts";
import type { Sink } from "./request/attempt.ts";
import { enter } from "./request/enter.ts";
import { createInFlight } from "./request/in-flight.ts";
import { nextStep } from "./request/next-step.ts";
import { beginProgress } from "./request/progress.ts";
import { run } from "./request/run.ts";
import type { AnswerStream } from "./request/stream.ts";
import { createStream } from "./request/stream.ts";
import type { Provider, Snapshot } from "./snapshot.ts";
import type { Applied, ConfigurationStatus, Status } from "./status.ts";
import { statusOf } from "./status.ts";

/** What a reload did. */
export type Reload = {
  readonly applied: Applied;
  /** What is different now, a sentence each; empty for the same content. */
  readonly changes: readonly string[];
  readonly warnings: readonly Problem[];
};

/** Keeps an application's providers, and answers every request from whichever can. */
export class LLMConfigManager {
  readonly #source: Source;
  readonly #ports: Ports;
  readonly #journal: Journal;
  readonly #strict: boolean;
  readonly #inFlight = createInFlight();
  #snapshot: Snapshot;
  #applied: Applied = { version: 0, hash: "", at: 0 };
  #appliedEvent: ConfigurationEvent | null = null;
  #rejected: ConfigurationStatus["rejected"] = null;
  #reloading: Promise<unknown> = Promise.resolve();
  #requests = 0;

  /**
   * Reads and checks the file at once; an object stands for what the file would hold.
   * Throws LLMConfigurationError with every problem.
   */
  constructor(
    configuration: string | object = "config/llm_configuration.json",
    options: ManagerOptions = {},
  ) {
    this.#ports = { ...systemPorts(), ...options.ports };
    this.#strict = options.strict ?? false;
    this.#source =
      typeof configuration === "string" ? { path: configuration } : { object: configuration };
    this.#snapshot = readSourceSync(this.#source, this.#ports, this.#strict);
    this.#journal = createJournal(this.#ports.clock);
    for (const observer of options.observers ?? []) this.#journal.subscribe(observer);
    if (options.logger !== undefined) this.#journal.subscribe(logTo(options.logger));
    this.#apply([], false);
    if (this.#snapshot.warnings.length > 0) this.#ports.clock.defer(() => this.#warnIfAlone());
  }

  /** A manager for those who have no file. Throws LLMConfigurationError with every problem. */
  static from(configuration: object, options: ManagerOptions = {}): LLMConfigManager {
    return new LLMConfigManager(configuration, options);
  }

  /** A provider as it is configured, its key masked; `undefined` for an unknown name. */
  getProviderConfig(name: string): LLMConfig | undefined {
    const provider = this.#snapshot.providers.find((one) => one.name === name);
    return provider === undefined ? undefined : describeProvider(provider);
  }

  /** The provider a request arriving now would go to first; `undefined` when nobody can be asked. */
  getCurrentProvider(): LLMConfig | undefined {
    const provider = this.#current();
    return provider === undefined ? undefined : describeProvider(provider);
  }

  /** The text of an answer to one prompt. Rejects with LLMProviderError. */
  async generateTextWithFailover(prompt: string, systemPrompt = ""): Promise<string> {
    const system = systemPrompt === "" ? [] : [{ role: "system", content: systemPrompt } as const];
    const answer = await this.generate({
      messages: [...system, { role: "user", content: prompt }],
    });
    return answer.text === "" ? answer.refusal : answer.text;
  }

  /** One complete answer, from whichever provider can. Rejects with LLMProviderError. */
  async generate(request: ChatRequest, options: GenerateOptions = {}): Promise<Answer> {
    return this.#inFlight.track(options.signal, (signal) => this.#run(request, options, signal, null));
  }

  /** One answer as it comes; starts at once. See AnswerStream for how it fails and ends. */
  stream(request: ChatRequest, options: GenerateOptions = {}): AnswerStream {
    return createStream(
      (sink, reader) =>
        this.#inFlight.track(reader, (signal) => this.#run(request, options, signal, sink)),
      options.signal ?? null,
    );
  }

  /**
   * Reads the configuration again and swaps it in one step; requests under way keep theirs.
   * A bad one changes nothing. Rejects with LLMConfigurationError.
   */
  reloadConfiguration(): Promise<Reload> {
    const next = this.#reloading.then(() => this.#reload());
    this.#reloading = next.catch(() => {});
    return next;
  }

  /** How every provider is: usable or why not and until when, what it did, how it last failed. */
  getProviderStatus(): Status {
    return {
      current: this.#current()?.name ?? null,
      providers: statusOf(this.#snapshot, this.#journal, this.#ports.clock.now()),
      configuration: {
        applied: this.#applied,
        rejected: this.#rejected,
        warnings: this.#snapshot.warnings,
      },
      observers: this.#journal.trouble(),
    };
  }

  /** Tells an observer every event from now on, the configuration in force first. */
  subscribe(observer: Observer): () => void {
    const first = this.#appliedEvent === null ? [] : [this.#appliedEvent];
    return this.#journal.subscribe(observer, first);
  }

  /**
   * Takes no more requests, gives those under way `graceMs` milliseconds (10 s if left out) to
   * end, cuts the rest as `aborted`, and closes every connection.
   */
  async close({ graceMs = 10_000 }: { readonly graceMs?: number } = {}): Promise<void> {
    await this.#inFlight.close(graceMs, this.#ports.clock);
    await this.#ports.transport.close();
  }

  /** As `close()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run(
    request: ChatRequest,
    options: GenerateOptions,
    signal: AbortSignal,
    sink: Sink | null,
  ): Promise<Answer> {
    const snapshot = this.#snapshot;
    const entry = enter(request, options, snapshot);
    this.#requests += 1;
    const id = `request-${this.#requests}`;
    const call = { ...entry, id, request, rules: snapshot.failureRules, signal, sink };
    return run(call, { ...this.#ports, journal: this.#journal });
  }

  async #reload(): Promise<Reload> {
    const read = await readSource(this.#source, this.#ports, this.#strict).catch(
      (error: unknown) => {
        if (error instanceof LLMConfigurationError) this.#reject(error);
        throw error;
      },
    );
    const changes = compareSnapshots(this.#snapshot, read);
    this.#snapshot = read;
    this.#apply(changes, true);
    return { applied: this.#applied, changes, warnings: read.warnings };
  }

  #apply(changes: readonly string[], fresh: boolean): void {
    const { hash, providers, warnings } = this.#snapshot;
    const at = this.#ports.clock.now();
    this.#applied = { version: this.#applied.version + 1, hash, at };
    this.#rejected = null;
    const event: ConfigurationEvent = {
      ...{ type: "configuration-applied", ...this.#applied, warnings, changes, fresh },
      providers: providers.map(({ name, identity }) => ({ name, identity })),
    };
    this.#appliedEvent = event;
    this.#journal.emit(event);
    this.#ports.transport.retain(new Set(providers.map(({ endpoint }) => new URL(endpoint).origin)));
  }

  #reject({ message, problems }: LLMConfigurationError): void {
    const at = this.#ports.clock.now();
    this.#rejected = { at, problems };
    this.#journal.emit({ type: "configuration-rejected", at, message, problems });
  }

  // With nobody to tell, the process itself is told, once.
  #warnIfAlone(): void {
    if (this.#journal.hasObservers()) return;
    const lines = this.#snapshot.warnings.map((warning) => sayProblem(nameOf(this.#source), warning));
    this.#ports.warn(lines.join("\n"));
  }

  #current(): Provider | undefined {
    const { clock } = this.#ports;
    const { default: route } = this.#snapshot.routes;
    if (route === undefined) return undefined;
    const now = clock.now();
    const health = this.#journal.health();
    const empty = { providers: route.providers, policy: route.policy, stream: false, timeoutMs: null };
    const step = nextStep(beginProgress(empty, health, now), health, now);
    return step.do === "stop" ? undefined : step.provider;
  }
}
