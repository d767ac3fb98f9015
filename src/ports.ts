/** Time as an argument. */
export type Clock = {
  /** Epoch milliseconds; never runs backwards. */
  now(): number;
  /**
   * Calls `task` after `delayMs` milliseconds; the returned function cancels it. One in the
   * background does not keep the process running.
   */
  setTimer(delayMs: number, task: () => void, background?: boolean): () => void;
  /** Calls `task` after the present tick. */
  defer(task: () => void): void;
};

/** Chance as an argument. */
export type Random = {
  /** A number in [0, 1). */
  next(): number;
};

/** One HTTP exchange as bytes. */
export type HttpRequest = {
  readonly method: "POST" | "GET";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** The head of a reply: names of headers are in lower case. */
export type ResponseHead = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
};

/** The head of a reply, and its bytes as they come. */
export type HttpResponse = ResponseHead & { readonly body: AsyncIterable<Uint8Array> };

/**
 * Sends a request and gives its reply, with no retries and no timers of its own.
 * Aborting the signal closes the connection and makes every pending await reject.
 * `connected` is called when the request begins to be written to an open connection, with the
 * address of the proxy in between if there is one, its user and password left out.
 */
export type Transport = {
  send(
    request: HttpRequest,
    options: {
      readonly signal: AbortSignal;
      readonly connected: (proxy?: string) => void;
    },
  ): Promise<HttpResponse>;
  /** Closes, after their last exchange, the connections to every origin not named. */
  retain(origins: ReadonlySet<string>): void;
  /** Ends: open exchanges are cut, sockets closed. */
  close(): Promise<void>;
};

/** Files as text, read whole; both reject or throw with the system's own error. */
export type Files = {
  readSync(path: string): Uint8Array;
  read(path: string): Promise<Uint8Array>;
  /** Who may do what with a file, as POSIX has it (0o600); `null` where that is not known. */
  modeSync?(path: string): number | null;
};

/**
 * Tells when files may have changed, and once when it has begun to notice: `changed` may be called
 * too often. Whatever keeps it from noticing goes to `failed`. The returned function ends it.
 */
export type Watch = (
  paths: readonly string[],
  tell: { readonly changed: () => void; readonly failed: (reason: unknown) => void },
) => () => void;

/** The process environment. */
export type Environment = {
  get(name: string): string | undefined;
};

/** The outside world, whole. */
export type Ports = {
  readonly clock: Clock;
  readonly random: Random;
  readonly transport: Transport;
  readonly files: Files;
  readonly watch: Watch;
  readonly environment: Environment;
  /** Tells a person something when nobody else listens. */
  readonly warn: (message: string) => void;
};
