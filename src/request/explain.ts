import type { Failure } from "../failure.ts";
import type { Health } from "../resilience/health.ts";
import { learn } from "../resilience/health.ts";
import type { Provider } from "../snapshot.ts";
import type { Entry } from "./enter.ts";
import type { Needs } from "./needs.ts";
import { beginProgress } from "./progress.ts";
import type { PlannedStep, Rehearsal } from "./rehearse.ts";
import { rehearse } from "./rehearse.ts";
import type { StateName } from "./state.ts";
import { stateOf } from "./state.ts";

/** What one provider is to a request. Times are epoch milliseconds. */
export type ExplainedProvider = {
  readonly provider: string;
  readonly model: string;
  /** `unfit`: it lacks what this request needs. */
  readonly state: StateName | "unfit";
  /** `null` when it is ready. */
  readonly reason: string | null;
  readonly until: number | null;
};

/** What would become of a request that began now. */
export type Explanation = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly route: string;
  readonly needs: Needs;
  /** Those that may be asked, in the order in which they have their turn. */
  readonly order: readonly string[];
  /** All of the route, the order first. */
  readonly providers: readonly ExplainedProvider[];
  readonly first: PlannedStep | { readonly do: "stop"; readonly failure: Failure };
  /** Of the whole request, in milliseconds. */
  readonly deadlineMs: number;
  readonly maxAttempts: number;
  /** At most so long and so many calls, if no attempt succeeds. */
  readonly worst: { readonly durationMs: number; readonly attempts: number };
  /** The request whose every attempt fails as late as it may, with the longest waits. */
  readonly slowest: Rehearsal;
  /** The request whose every attempt fails at once, with the shortest waits. */
  readonly quickest: Rehearsal;
};

/** Says what a request would do now, and at worst; it sends nothing and takes no place. Pure. */
export function explain(
  entry: Entry,
  known: readonly Provider[],
  health: Health,
  { now, stream }: { readonly now: number; readonly stream: boolean },
): Explanation {
  const { route, needs, providers, policy } = entry;
  const { deadlineMs, maxAttempts } = policy;
  const deadlineAt = now + deadlineMs;
  const start = { type: "request-start", at: now, request: "rehearsal" } as const;
  const begun = learn(health, { ...start, route, stream, deadlineAt });
  const progress = beginProgress({ ...entry, stream }, begun, now);
  const slowest = rehearse(progress, begun, "slowly");
  const quickest = rehearse(progress, begun, "quickly");
  const [planned] = quickest.steps;
  return {
    at: now,
    route,
    needs,
    order: providers.map(({ name }) => name),
    providers: explainProviders(entry, known, health, now),
    first: planned ?? { do: "stop", failure: quickest.failure },
    deadlineMs,
    maxAttempts,
    worst: {
      durationMs: Math.max(slowest.durationMs, quickest.durationMs),
      attempts: Math.max(slowest.attempts, quickest.attempts),
    },
    slowest,
    quickest,
  };
}

function explainProviders(
  { providers, leftOut }: Entry,
  known: readonly Provider[],
  health: Health,
  now: number,
): readonly ExplainedProvider[] {
  const say = (provider: Provider) => {
    const { name, model } = provider;
    return { provider: name, model, ...stateOf(provider, health, now) };
  };
  const unfit = leftOut.map(({ provider, reason }) => {
    const model = known.find(({ name }) => name === provider)?.model ?? "";
    return { provider, model, state: "unfit", reason, until: null } as const;
  });
  const idle = known.filter(({ enabled, key }) => !enabled || key === null);
  return [...providers.map(say), ...unfit, ...idle.map(say)];
}
