import type { Health } from "../resilience/health.ts";
import type { Provider } from "../snapshot.ts";
import type { Candidate } from "./candidate.ts";
import type { Progress } from "./progress.ts";
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

function hasPlace({ request, policy }: Progress, health: Health, { name }: Provider): boolean {
  const queue = health.queues.get(name) ?? [];
  return queue.includes(request) || queue.length < policy.queueMax;
}
