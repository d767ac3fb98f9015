import { balanceAt } from "../resilience/budget.ts";
import type { Health } from "../resilience/health.ts";
import { readiness, roomAt } from "../resilience/readiness.ts";
import type { Provider } from "../snapshot.ts";
import type { Progress } from "./progress.ts";
import { estimatedTokens } from "./progress.ts";
import { isOpenTo } from "./tries.ts";

/** A provider this request may still go to, and when. */
export type Candidate = {
  readonly provider: Provider;
  readonly tried: boolean;
  /** When this request itself would ask it: at once, or after its own wait. */
  readonly ownReadyAt: number;
  /** When it may be asked; `Infinity` while that is not known. */
  readonly readyAt: number;
  /** What stands in the way: of a limit the time may be known, of the others it is not. */
  readonly behind: "nothing" | "limit" | "probe" | "breaker" | "probed_breaker";
  /** When its breaker half opens; 0 for the others. */
  readonly reopensAt: number;
};

/** The providers still open to this request, in a circle that begins after the latest. */
export function candidatesOf(
  progress: Progress,
  health: Health,
  now: number,
): readonly Candidate[] {
  const { providers, last } = progress;
  const start = last === null ? 0 : providers.indexOf(last) + 1;
  // A repeat draws on the budget of all requests; the first try at another provider never does.
  const mayRepeat = balanceAt(health.budget, now, health.policy.budget) >= 1;
  const circle = [...providers.slice(start), ...providers.slice(0, start)];
  return circle
    .filter((provider) => isOpenTo(progress, provider))
    .filter((provider) => mayRepeat || !progress.tries.has(provider.name))
    .map((provider) => candidateOf(progress, health, provider, now));
}

/** When this request itself would ask a provider (again), whatever health says. */
export function ownReadyAt(progress: Progress, provider: Provider): number {
  const latest = progress.tries.get(provider.name)?.at(-1);
  return latest === undefined ? progress.startedAt : latest.at + latest.waitMs;
}

function candidateOf(
  progress: Progress,
  health: Health,
  provider: Provider,
  now: number,
): Candidate {
  const own = ownReadyAt(progress, provider);
  const tried = progress.tries.has(provider.name);
  const about = { provider, tried, ownReadyAt: own, reopensAt: 0 };
  const ready = readiness(health, provider, now);
  const { request } = progress;
  const tokens = estimatedTokens(progress, provider);
  const room = roomAt(health, provider, { request, tokens }, Math.max(own, now));
  switch (ready.state) {
    case "ready": {
      if (room.at === null) return { ...about, readyAt: Infinity, behind: "limit" };
      const behind = room.at > Math.max(own, now) ? "limit" : "nothing";
      return { ...about, readyAt: room.at, behind };
    }
    case "cooling":
      return { ...about, readyAt: Math.max(own, ready.until), behind: "nothing" };
    case "probing":
      return { ...about, readyAt: Infinity, behind: "probe" };
    case "open": {
      // An early probe, too, keeps to our own limits.
      const full = room.at === null || room.at > Math.max(own, now);
      const behind = ready.probed || full ? "probed_breaker" : "breaker";
      return { ...about, readyAt: Infinity, behind, reopensAt: ready.until };
    }
  }
}
