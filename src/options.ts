import type { Observer } from "./journal.ts";
import type { Logger } from "./observe/log.ts";
import { nearest } from "./nearest.ts";
import type { Ports } from "./ports.ts";

/** What a manager may be given beside its configuration. */
export type ManagerOptions = {
  /** Told every event, after the tick in which it happened. */
  readonly observers?: readonly Observer[];
  /** A logger in pino's shape; told every event as a line. */
  readonly logger?: Logger;
  /** Treats every warning of the configuration as an error. */
  readonly strict?: boolean;
  /** Whether the file and the key files it names are watched; `true` if left out. */
  readonly watch?: boolean;
  /** Replaces parts of the outside world, for tests. */
  readonly ports?: Partial<Ports>;
};

/** What may be said about one request beside the request itself. */
export type GenerateOptions = {
  /** Ends the request; its reason becomes the `cause` of the error. */
  readonly signal?: AbortSignal;
  /** Of the whole request, in milliseconds; replaces the configuration's deadline. */
  readonly deadlineMs?: number;
  /** Of each attempt, in milliseconds; replaces every provider's `timeout`. */
  readonly timeoutMs?: number;
  /** Which route of the configuration to take; `default` if left out. */
  readonly route?: string;
  /** Asks this provider alone. */
  readonly provider?: string;
  /** What a provider must be fit for, in the words of the configuration's `capabilities`. */
  readonly capabilities?: readonly string[];
};

/** What may be said about a request that is only to be explained. */
export type ExplainOptions = GenerateOptions & {
  /** Whether it would be streamed; a stream's attempts are bounded to their first content. */
  readonly stream?: boolean;
};

/** What may be said about any request. */
export const requestOptionNames: readonly string[] = [
  ...["signal", "deadlineMs", "timeoutMs", "route", "provider", "capabilities"],
];

const optionNames = ["observers", "logger", "strict", "watch", "ports"];

/** What is wrong with the names in some options, and which was meant; `null`: nothing. */
export function unknownName(options: object, known: readonly string[]): string | null {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return null;
  const meant = nearest(unknown, known);
  const cure = meant === null ? `there are ${known.join(", ")}` : `did you mean \`${meant}\`?`;
  return `There is no option \`${unknown}\`; ${cure}${meant === null ? "." : ""}`;
}

/** What asks for a task; a name that is missing is none, and not the default route. */
export function taskOptions(task: unknown): GenerateOptions {
  return { route: String(task) };
}

/** The options as given, once they can be used. Throws TypeError that says what is wrong. */
export function checkedOptions(options: ManagerOptions | null | undefined): ManagerOptions {
  const { observers = [], logger, ...rest } = options ?? {};
  const unknown = unknownName(options ?? {}, optionNames);
  if (unknown !== null) throw new TypeError(unknown);
  for (const name of ["strict", "watch"] as const) {
    if (rest[name] !== undefined && typeof rest[name] !== "boolean") {
      throw new TypeError(`\`${name}\` must be true or false.`);
    }
  }
  if (!Array.isArray(observers) || observers.some((observer) => typeof observer !== "function")) {
    throw new TypeError("`observers` must be a list of functions.");
  }
  const methods = ["debug", "info", "warn", "error"] as const;
  const missing = methods.filter((name) => logger && typeof logger[name] !== "function");
  if (missing.length > 0) throw new TypeError(`\`logger\` has no ${missing.join(", ")}.`);
  return { observers, ...(logger && { logger }), ...rest };
}
