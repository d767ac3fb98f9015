import type { Dispatcher } from "undici";
import type { HttpRequest, HttpResponse } from "../ports.ts";
import { Body } from "./body.ts";
import { proxyRefusal } from "./proxy-error.ts";

/** How much of a body nobody wants is still read, so that its connection can be used again. */
const drainMaxBytes = 64 * 1024;
const drainMaxMs = 1_000;
const unwanted = new Error("The rest of the body is not wanted.");

type Controller = Dispatcher.DispatchController;

type Options = {
  readonly signal: AbortSignal;
  readonly connected: (proxy?: string) => void;
};

/** How an origin is reached. */
export type Way = {
  readonly dispatcher: Dispatcher;
  /** The proxy in between, without user and password. */
  readonly proxy: string | null;
  /** What a proxy is told that fetches for us; `null` where the origin itself is spoken to. */
  readonly forward: {
    readonly origin: string;
    readonly headers: Readonly<Record<string, string>>;
  } | null;
};

/** One request on its way, and its reply. Its signal may close the connection. */
export function exchange(
  way: Way,
  path: string,
  request: HttpRequest,
  options: Options,
): Promise<HttpResponse> {
  const { method, body } = request;
  const { forward } = way;
  const whole = forward === null ? path : forward.origin + path;
  const headers = forward === null ? request.headers : { ...forward.headers, ...request.headers };
  return new Promise((resolve, reject) => {
    const handler = new ExchangeHandler(way, options, resolve, reject);
    way.dispatcher.dispatch({ path: whole, method, headers, body }, handler);
  });
}

class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #way: Way;
  readonly #options: Options;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (reason: unknown) => void;
  #controller: Controller | null = null;
  #body: Body | null = null;
  /** Bytes read since the reader left; `null` while it is there. */
  #drained: number | null = null;
  #drainTimer: NodeJS.Timeout | undefined;

  constructor(
    way: Way,
    options: Options,
    resolve: (response: HttpResponse) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#way = way;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    options.signal.addEventListener("abort", this.#abort, { once: true });
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    const { signal, connected } = this.#options;
    if (signal.aborted) controller.abort(signal.reason as Error);
    else connected(this.#way.proxy ?? undefined);
  }

  onResponseStart(
    controller: Controller,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // Informational replies come before the real one.
    if (status < 200) return;
    const { proxy, forward } = this.#way;
    if (status === 407 && proxy !== null && forward !== null) {
      controller.abort(proxyRefusal(proxy, status, forward.origin));
      return;
    }
    this.#body = new Body({
      pause: () => controller.pause(),
      resume: () => controller.resume(),
      release: () => this.#drain(controller),
    });
    this.#resolve({ status, headers: flatten(headers), body: this.#body });
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.#drained === null) {
      this.#body?.push(chunk);
      return;
    }
    this.#drained += chunk.length;
    if (this.#drained > drainMaxBytes) controller.abort(unwanted);
  }

  onResponseEnd(): void {
    this.#settle();
    this.#body?.end();
  }

  onResponseError(_: Controller, error: Error): void {
    this.#settle();
    this.#body?.fail(error);
    this.#reject(error);
  }

  #drain(controller: Controller): void {
    this.#drained = 0;
    this.#drainTimer = setTimeout(() => controller.abort(unwanted), drainMaxMs).unref();
    controller.resume();
  }

  readonly #abort = (): void => {
    const reason = this.#options.signal.reason as Error;
    this.#settle();
    this.#reject(reason);
    this.#body?.abort(reason);
    this.#controller?.abort(reason);
  };

  #settle(): void {
    clearTimeout(this.#drainTimer);
    this.#options.signal.removeEventListener("abort", this.#abort);
  }
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}
