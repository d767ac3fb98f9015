import type { Health } from "../resilience/health.ts";
import { routeRoomAt } from "../resilience/readiness.ts";
import type { Provider } from "../snapshot.ts";
import type { Candidate } from "./candidate.ts";
import { routeFullFailure } from "./exhausted.ts";
import type { Progress } from "./progress.ts";
import { estimatedTokens } from "./progress.ts";
import type { Step } from "./step.ts";

/** By policy the first well provider is waited for although its limit is reached. */
export function turnStep(
  progress: Progress,
  candidates: readonly Candidate[],
  health: Health,
  now: number,
): Step | null {
  if (progress.policy.whenLimited !== "wait") return null;
  const first = candidates.find(({ behind, readyAt }) => behind === "limit" || readyAt <= now);
  return first?.behind === "limit" ? limitStep(progress, [first], health, now) : null;
}

/** Everybody well is at a limit of ours: the request waits for its turn, first come first. */
export function limitStep(
  progress: Progress,
  candidates: readonly Candidate[],
  health: Health,
  now: number,
): Step | null {
  const limited = candidates
    .filter(({ behind, readyAt }) => behind === "limit" && readyAt > now)
    .filter(({ provider }) => hasPlace(progress, health, provider))
    .toSorted((a, b) => a.readyAt - b.readyAt);
  for (const { provider, readyAt } of limited) {
    const until = Math.min(readyAt, progress.deadlineAt);
    if (readyAt === Infinity || readyAt < progress.deadlineAt) {
      return { do: "wait", provider, until, for: "limit" };
    }
  }
  return null;
}

/**
 * The route's own limit stands in an attempt's way: another provider would not help. The request
 * waits for its turn where the policy says so, and where it has begun; else it ends.
 */
export function routeStep(
  progress: Progress,
  { provider }: Extract<Step, { do: "attempt" }>,
  health: Health,
  now: number,
): Step | null {
  const { request, route, attempts, deadlineAt } = progress;
  const asked = { request, tokens: estimatedTokens(progress, provider), begun: attempts > 0 };
  const { at } = routeRoomAt(health, route, asked, now);
  if (at !== null && at <= now) return null;
  const queue = health.routeQueues.get(route);
  const mayWait = asked.begun || (progress.policy.whenLimited === "wait" && isIn(progress, queue));
  if (mayWait && (at ?? now) < deadlineAt) {
    return { do: "wait", provider, until: Math.min(at ?? Infinity, deadlineAt), for: "route" };
  }
  return { do: "stop", failure: routeFullFailure(progress, at, now) };
}

function hasPlace(progress: Progress, health: Health, { name }: Provider): boolean {
  return isIn(progress, health.queues.get(name));
}

function isIn({ request, policy }: Progress, queue: readonly string[] = []): boolean {
  return queue.includes(request) || queue.length < policy.queueMax;
}
