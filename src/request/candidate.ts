import { balanceAt } from "../resilience/budget.ts";
import type { Health } from "../resilience/health.ts";
import { providerHealth } from "../resilience/health.ts";
import { readiness, roomAt } from "../resilience/readiness.ts";
import type { Provider } from "../snapshot.ts";
import { circleOf } from "./circle.ts";
import type { Progress } from "./progress.ts";
import { estimatedTokens } from "./progress.ts";
import type { Cause, Reach } from "./switches.ts";
import { causeOf, reachOf } from "./switches.ts";

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
  /** What going past it now would be for; `null`: it can be asked. */
  readonly cause: Cause | null;
};

/** The providers this request may go to, in a circle that begins after the latest. */
export function candidatesOf(
  progress: Progress,
  health: Health,
  now: number,
): readonly Candidate[] {
  // A repeat draws on the budget of all requests; the first try at another provider never does.
  const mayRepeat = balanceAt(health.budget, now, health.policy.budget) >= 1;
  const { within } = lookRound(progress, health, now);
  return mayRepeat ? within : within.filter(({ tried }) => !tried);
}

/** The providers still open to this request: how far it may go round them, and why no further. */
export function lookRound(progress: Progress, health: Health, now: number): Reach {
  const circle = circleOf(progress);
  return reachOf(
    progress,
    circle.map((provider) => candidateOf(progress, health, provider, now)),
  );
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
      // A limit of ours stands for the refusal that it spares the vendor.
      const full = { ...about, behind: "limit", cause: "failure" } as const;
      if (room.at === null) return { ...full, readyAt: Infinity };
      if (room.at > Math.max(own, now)) return { ...full, readyAt: room.at };
      const cause = own > now ? ownCause(progress, provider) : null;
      return { ...about, readyAt: room.at, behind: "nothing", cause };
    }
    case "cooling": {
      const cause = causeOf(ready.coolDown.failure);
      return { ...about, readyAt: Math.max(own, ready.until), behind: "nothing", cause };
    }
    case "probing": {
      const cause = causeOf(ready.coolDown.failure);
      return { ...about, readyAt: Infinity, behind: "probe", cause };
    }
    case "open": {
      // An early probe, too, keeps to our own limits.
      const full = room.at === null || room.at > Math.max(own, now);
      const behind = ready.probed || full ? "probed_breaker" : "breaker";
      const { lastFailure } = providerHealth(health, provider.name);
      const cause = lastFailure === null ? "failure" : causeOf(lastFailure.failure);
      return { ...about, readyAt: Infinity, behind, reopensAt: ready.until, cause };
    }
  }
}

function ownCause({ tries }: Progress, { name }: Provider): Cause | null {
  const latest = tries.get(name)?.at(-1);
  return latest === undefined ? null : causeOf(latest.failure);
}
