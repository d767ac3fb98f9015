import type { FailureKind, Scope } from "./failure.ts";
import type { Problem } from "./errors.ts";
import type { HealthPolicy } from "./health-policy.ts";
import type { Secret } from "./secret.ts";

/** The wire formats spoken. */
export type Protocol = "openai_chat" | "dashscope";

/** The vendors whose failure tables and quirks are known. */
export type Vendor = "qwen" | "deepseek" | "openai";

/** What is asked of a model that can think before it answers. */
export type Thinking = "off" | "on" | "vendor";

/** The limits of one attempt, in milliseconds. */
export type Timeouts = {
  readonly connectMs: number;
  /** Of a whole answer: from the start to its end. */
  readonly wholeMs: number;
  /** Of a stream: from the start to the first content. */
  readonly firstContentMs: number;
  /** Of a stream: without content, while waiting for the provider. */
  readonly idleMs: number;
  /** Of a stream: from the start to its end. */
  readonly totalMs: number;
};

/** What a provider charges, in US dollars for a million tokens. */
export type Pricing = {
  readonly input: number;
  readonly output: number;
  /** Of prompt tokens the provider had in its cache; `null`: as `input`. */
  readonly cachedInput: number | null;
  /** The longest prompt these prices hold for, in tokens; `null`: they hold for all. */
  readonly promptMost: number | null;
  /** The day the prices were read; `null`: not said. */
  readonly asOf: string | null;
};

/** One provider, checked, completed and frozen. */
export type Provider = {
  readonly name: string;
  readonly protocol: Protocol;
  readonly vendor: Vendor;
  /** The complete URL requests are sent to. */
  readonly endpoint: string;
  readonly model: string;
  /** `null`: the provider is not configured, and is skipped. */
  readonly key: Secret | null;
  /** Where the key comes from, in words that hold no part of it. */
  readonly keySource: string;
  readonly enabled: boolean;
  readonly maxTokens: number | null;
  readonly temperature: number | null;
  /** The file's own `timeout`, from which the limits that it does not name are made. */
  readonly timeoutMs: number;
  readonly timeouts: Timeouts;
  /** Attempts at this provider in all, for one request. */
  readonly retryAttempts: number;
  readonly thinking: Thinking;
  /** In tokens. */
  readonly contextWindow: number | null;
  /** Lower is asked earlier; among equals the file's order holds. */
  readonly priority: number;
  /** All that it is fit for, in words; `null`: not said, and whatever is not known is possible. */
  readonly capabilities: readonly string[] | null;
  /** Values are secrets. */
  readonly headers: Readonly<Record<string, Secret>>;
  readonly extraBody: Readonly<Record<string, unknown>>;
  /** Whether it is on this machine, so that nothing sent to it leaves. */
  readonly local: boolean;
  /** `null`: not known, which is not free. */
  readonly pricing: Pricing | null;
  /** The name of each thing that can be unwell; equal strings are one thing. No secret in them. */
  readonly identity: Readonly<Record<Scope, string>>;
};

/** How waits between tries at one provider grow: `min(max, base · factor^try) + U(0, jitter)`. */
export type Backoff = {
  readonly baseMs: number;
  readonly factor: number;
  readonly maxMs: number;
  readonly jitterMs: number;
};

/** How a request moves among providers. */
export type Policy = {
  readonly retry: "same_first" | "switch_first";
  /** Of the whole request, up to the complete answer or the commit of a stream. */
  readonly deadlineMs: number;
  readonly maxAttempts: number;
  /** How often one request may go on to another provider; `null`: as often as there are others. */
  readonly maxSwitches: number | null;
  /** Whether a failure other than a timeout may lead to another provider. */
  readonly switchOnFailure: boolean;
  /** Whether a timeout may lead to another provider. */
  readonly switchOnTimeout: boolean;
  /** Who comes first among those that may be asked. */
  readonly prefer: "order" | "fastest" | "cheapest";
  readonly backoff: Backoff;
  /** At a provider whose limit is reached: go to the next, or wait for it in turn. */
  readonly whenLimited: "next" | "wait";
  /** How many requests may wait at one provider. */
  readonly queueMax: number;
  /** When nobody can be asked: fail at once, or wait inside the deadline. */
  readonly whenExhausted: "fail" | "wait";
  readonly onContentFiltered: "stop" | "next";
  readonly onLength: "accept" | "fail";
};

/** A named, ordered list of providers with its policy. */
export type Route = {
  readonly name: string;
  /** Empty when nobody said. */
  readonly description: string;
  /** In the order in which they have their turn, with what the route asks of them otherwise. */
  readonly providers: readonly Provider[];
  /** The names of all that are on it, also of those that cannot be used. */
  readonly members: readonly string[];
  /** What every provider must be fit for, beside what a request itself needs. */
  readonly capabilities: readonly string[];
  /** Whether nothing of it may leave this machine. */
  readonly localOnly: boolean;
  readonly policy: Policy;
};

/** An operator's own row, asked before the vendor's table. */
export type FailureRule = {
  readonly vendor: Vendor | null;
  readonly status: number | null;
  /** The whole code or type, case ignored. */
  readonly code: string | null;
  /** A part of the message, case ignored. */
  readonly message: string | null;
  readonly kind: FailureKind;
};

/** A setting of a provider that was changed while running, beside what the file says. */
export type Revision =
  | {
      readonly provider: string;
      readonly setting: "enabled";
      readonly file: boolean;
      readonly now: boolean;
    }
  | {
      readonly provider: string;
      readonly setting: "priority";
      readonly file: number;
      readonly now: number;
    }
  | {
      /** Who goes first on the route `default`. */
      readonly provider: string;
      readonly setting: "default";
      /** Whom the file puts there; `null`: nobody. */
      readonly file: string | null;
      readonly now: true;
    };

/** One configuration: parsed, checked, compiled, frozen. A request keeps the one it began with. */
export type Snapshot = {
  /** SHA-256 of the text, the first 12 hexadecimal digits. */
  readonly hash: string;
  readonly providers: readonly Provider[];
  /** `default` always exists. */
  readonly routes: Readonly<Record<string, Route>>;
  readonly failureRules: readonly FailureRule[];
  readonly health: HealthPolicy;
  /** The files that keys and headers were read from. */
  readonly keyFiles: readonly string[];
  /** What was changed while running, in the order in which it was. */
  readonly revisions: readonly Revision[];
  /** Everything to know about it that is no error. */
  readonly warnings: readonly Problem[];
};
