import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Answer } from "./chat/answer.ts";
import { promptRequest } from "./chat/prompt.ts";
import type { ChatRequest } from "./chat/request.ts";
import type { LLMConfig } from "./config/llm-config.ts";
import { describeProvider } from "./config/llm-config.ts";
import { sourceOf } from "./config/source.ts";
import type { Configuration, Reload } from "./configuration.ts";
import { createConfiguration } from "./configuration.ts";
import type { Engine } from "./engine.ts";
import { createEngine } from "./engine.ts";
import type { Journal, Observer } from "./journal.ts";
import { createJournal } from "./journal.ts";
import { systemPorts } from "./node/ports.ts";
import { generateObject } from "./object/generate.ts";
import { createKnownForms } from "./object/known-forms.ts";
import type { ObjectAnswer } from "./object/object-answer.ts";
import type { ObjectOptions } from "./object/options.ts";
import { requestOptions } from "./object/options.ts";
import { logTo } from "./observe/log.ts";
import type { ExplainOptions, GenerateOptions, ManagerOptions } from "./options.ts";
import { checkedOptions, taskOptions } from "./options.ts";
import type { Ports } from "./ports.ts";
import type { Explanation } from "./request/explain.ts";
import { createInFlight } from "./request/in-flight.ts";
import type { AnswerStream } from "./request/stream.ts";
import { createStream } from "./request/stream.ts";
import type { Status } from "./status.ts";

/** Keeps an application's providers, and answers every request from whichever can. */
export class LLMConfigManager {
  readonly #ports: Ports;
  readonly #engine: Engine;
  readonly #journal: Journal;
  readonly #configuration: Configuration;
  readonly #inFlight = createInFlight();
  readonly #forms = createKnownForms();

  /**
   * Reads and checks the file at once; an object that is no URL stands for what it would hold.
   * Throws LLMConfigurationError with every problem.
   */
  constructor(
    configuration: string | URL | object = "config/llm_configuration.json",
    options: ManagerOptions = {},
  ) {
    const { observers = [], logger, strict = false, watch = true } = checkedOptions(options);
    this.#ports = { ...systemPorts(), ...options?.ports };
    this.#journal = createJournal(this.#ports.clock);
    for (const observer of observers) this.#journal.subscribe(observer);
    if (logger !== undefined) this.#journal.subscribe(logTo(logger));
    const source = sourceOf(configuration);
    const how = { strict, watch };
    this.#configuration = createConfiguration(source, this.#ports, this.#journal, how);
    this.#engine = createEngine(this.#configuration, this.#journal, this.#ports);
  }

  /** A manager for those who have no file. Throws LLMConfigurationError with every problem. */
  static from(configuration: object, options: ManagerOptions = {}): LLMConfigManager {
    return new LLMConfigManager(configuration, options);
  }

  /** A provider as it is configured, its key masked; `undefined` for an unknown name. */
  getProviderConfig(name: string): LLMConfig | undefined {
    const { providers } = this.#configuration.snapshot();
    const provider = providers.find((one) => one.name === name);
    return provider === undefined ? undefined : describeProvider(provider);
  }

  /** The provider a request arriving now would go to first; `undefined` if to none. */
  getCurrentProvider(): LLMConfig | undefined {
    const provider = this.#engine.current();
    return provider === undefined ? undefined : describeProvider(provider);
  }

  /** The text of an answer to one prompt. Rejects with LLMProviderError. */
  async generateTextWithFailover(prompt: string, system?: string | null): Promise<string> {
    return textOf(await this.generate(promptRequest(prompt, system)));
  }

  /** As `generateTextWithFailover`, on the route of this name. Rejects with LLMProviderError. */
  async generateTextForTask(task: string, prompt: string, system?: string | null): Promise<string> {
    return textOf(await this.generate(promptRequest(prompt, system), taskOptions(task)));
  }

  /** The names of the routes that the configuration has beside `default`. */
  getAvailableTasks(): readonly string[] {
    const { routes } = this.#configuration.snapshot();
    return Object.keys(routes).filter((name) => name !== "default");
  }

  /** One complete answer, from whichever provider can. Rejects with LLMProviderError. */
  generate(request: ChatRequest, options: GenerateOptions = {}): Promise<Answer> {
    return this.#inFlight.track(options?.signal, (signal) =>
      this.#engine.run(request, options ?? {}, signal, null),
    );
  }

  /**
   * One complete answer with a checked object in it, whichever provider made it, typed by a
   * Standard Schema. Rejects with LLMProviderError.
   */
  generateObject<Schema extends StandardSchemaV1>(
    request: ChatRequest,
    options: ObjectOptions<Schema>,
  ): Promise<ObjectAnswer<StandardSchemaV1.InferOutput<Schema>>>;
  /** The same by a JSON Schema; what its type is the caller says. */
  generateObject<Value = unknown>(
    request: ChatRequest,
    options: ObjectOptions,
  ): Promise<ObjectAnswer<Value>>;
  generateObject(request: ChatRequest, options: ObjectOptions): Promise<ObjectAnswer> {
    return this.#inFlight.track(options?.signal, (signal) =>
      generateObject(request, options, this.#forms, (review) =>
        this.#engine.run(request, requestOptions(options), signal, null, review),
      ),
    );
  }

  /** One answer as it comes; starts at once. AnswerStream says how it fails and ends. */
  stream(request: ChatRequest, options: GenerateOptions = {}): AnswerStream {
    return createStream(
      (sink, reader) =>
        this.#inFlight.track(reader, (signal) =>
          this.#engine.run(request, options ?? {}, signal, sink),
        ),
      options?.signal instanceof AbortSignal ? options.signal : null,
    );
  }

  /**
   * What such a request would do now, and at worst, as plain data; it sends nothing and takes
   * no place. Throws LLMProviderError, `bad_request`.
   */
  explain(request: ChatRequest, options: ExplainOptions = {}): Explanation {
    return this.#engine.explain(request, options ?? {});
  }

  /**
   * Reads the configuration again and swaps it in one step; requests under way keep theirs.
   * A bad one changes nothing. Rejects with LLMConfigurationError.
   */
  reloadConfiguration(): Promise<Reload> {
    return this.#configuration.reload();
  }

  /** How every provider is: usable or why not and until when, what it did, how it last failed. */
  getProviderStatus(): Status {
    return this.#engine.status();
  }

  /**
   * Puts a provider in use that the file disables; the file is not touched. Holds until the file
   * says something else about it. Throws LLMConfigurationError, and changes nothing then.
   */
  enableProvider(name: string): Reload {
    return this.#configuration.change({ provider: name, setting: "enabled", now: true });
  }

  /** Takes a provider out of use; requests under way keep theirs. As `enableProvider`. */
  disableProvider(name: string): Reload {
    return this.#configuration.change({ provider: name, setting: "enabled", now: false });
  }

  /** Lower is asked earlier, on routes that name no providers. As `enableProvider`. */
  setProviderPriority(name: string, priority: number): Reload {
    return this.#configuration.change({ provider: name, setting: "priority", now: priority });
  }

  /** Gives a provider the first turn on the route `default`. As `enableProvider`. */
  setDefaultProvider(name: string): Reload {
    return this.#configuration.change({ provider: name, setting: "default", now: true });
  }

  /** Tells an observer every event from now on, the configuration in force first. */
  subscribe(observer: Observer): () => void {
    return this.#journal.subscribe(observer, [this.#configuration.applied()]);
  }

  /**
   * Takes no more requests, gives those under way `graceMs` milliseconds (10,000 if left out) to
   * end, cuts the rest as `aborted`, and closes every connection.
   */
  async close({ graceMs = 10_000 }: { readonly graceMs?: number } = {}): Promise<void> {
    this.#configuration.close();
    await this.#inFlight.close(graceMs, this.#ports.clock);
    await this.#ports.transport.close();
  }

  /** As `close()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

// A refusal is what the model said, in place of a text.
function textOf({ text, refusal }: Answer): string {
  return text === "" ? refusal : text;
}
