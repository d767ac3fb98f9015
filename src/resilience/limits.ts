import { own } from "../own.ts";
import type { AttemptEvent } from "../event.ts";
import type { HealthPolicy, Limit } from "../health-policy.ts";
import type { Rate } from "./rate.ts";
import { rateReadyAt, unusedRate, withRequest } from "./rate.ts";
import type { TokenWindow } from "./tokens.ts";
import { tokensReadyAt, withTokens } from "./tokens.ts";

/** How far one limit is used. */
export type Usage = {
  readonly inFlight: number;
  readonly rate: Rate;
  readonly tokens: TokenWindow;
  /** What the vendor said it allows in flight, recovering; `null`: it said nothing. */
  readonly ceiling: number | null;
};

/** The use of every limit, by its name. */
export type LimitUsage = ReadonlyMap<string, Usage>;

/** Whether a request may go under a limit: at once, at a known time, or when a place is free. */
export type Room = { readonly at: number } | { readonly at: null };

const unused: Usage = { inFlight: 0, rate: unusedRate, tokens: [], ceiling: null };

type Limited = Pick<HealthPolicy, "limits" | "routeLimits">;
type Of<T extends AttemptEvent["type"]> = Extract<AttemptEvent, { type: T }>;

/** Whether there is room under all of these limits, with `ahead` others before it. */
export function roomUnder(
  limits: readonly Limit[],
  usage: LimitUsage,
  asked: { readonly tokens: number; readonly ahead: number },
  now: number,
): Room {
  let at = now;
  for (const limit of limits) {
    const used = usage.get(limit.name) ?? unused;
    const most = Math.min(limit.maxConcurrency ?? Infinity, used.ceiling ?? Infinity);
    if (used.inFlight + asked.ahead >= Math.max(1, Math.floor(most))) return { at: null };
    if (limit.requestsPerMinute !== null) {
      at = Math.max(at, rateReadyAt(used.rate, limit.requestsPerMinute, asked.ahead));
    }
    if (limit.tokensPerMinute !== null) {
      at = Math.max(at, tokensReadyAt(used.tokens, limit.tokensPerMinute, asked.tokens, now));
    }
  }
  return { at };
}

/** The use after an attempt has begun: its place and its estimated tokens are taken. */
export function usageAtStart(
  usage: LimitUsage,
  event: Of<"attempt-start">,
  policy: Limited,
): LimitUsage {
  return changed(usage, limitsOf(policy, event), (used, limit) => ({
    ...used,
    inFlight: used.inFlight + 1,
    rate:
      limit.requestsPerMinute === null
        ? used.rate
        : withRequest(used.rate, limit.requestsPerMinute, event.at),
    tokens:
      limit.tokensPerMinute === null
        ? used.tokens
        : withTokens(used.tokens, event.at, event.estimatedTokens, event.at),
  }));
}

/** The use after an attempt has ended: its place is free, its tokens are settled. */
export function usageAtEnd(
  usage: LimitUsage,
  event: Of<"attempt-end">,
  policy: Limited,
): LimitUsage {
  const startedAt = event.at - event.durationMs;
  const settled = (settledTokens(event) ?? event.estimatedTokens) - event.estimatedTokens;
  return changed(usage, limitsOf(policy, event), (used, limit) => ({
    ...used,
    inFlight: Math.max(0, used.inFlight - 1),
    ceiling: limit.adaptive ? ceilingAfter(used.ceiling, event) : used.ceiling,
    tokens:
      limit.tokensPerMinute === null
        ? used.tokens
        : withTokens(used.tokens, startedAt, settled, event.at),
  }));
}

// What the provider counted; a refusal counted nothing; where it did not say the estimate stays.
function settledTokens({ usage, failure }: Of<"attempt-end">): number | null {
  if (usage?.totalTokens !== null && usage?.totalTokens !== undefined) return usage.totalTokens;
  return failure?.status !== undefined && failure.status >= 400 ? 0 : null;
}

// Falls to what the vendor states at once, and recovers by about one for each round of successes.
function ceilingAfter(ceiling: number | null, { failure }: Of<"attempt-end">): number | null {
  const stated = failure?.concurrencyLimit;
  if (stated !== undefined) return Math.max(1, stated);
  if (ceiling === null || failure !== null) return ceiling;
  return ceiling + 1 / ceiling;
}

function limitsOf(
  { limits, routeLimits }: Limited,
  { provider, route }: { readonly provider: string; readonly route: string },
): readonly Limit[] {
  return [...(own(limits, provider) ?? []), ...(own(routeLimits, route) ?? [])];
}

function changed(
  usage: LimitUsage,
  limits: readonly Limit[],
  change: (used: Usage, limit: Limit) => Usage,
): LimitUsage {
  if (limits.length === 0) return usage;
  const next = new Map(usage);
  for (const limit of limits) next.set(limit.name, change(next.get(limit.name) ?? unused, limit));
  return next;
}
