import type { Failure } from "../failure.ts";
import type { Health } from "../resilience/health.ts";
import { learn } from "../resilience/health.ts";
import type { Policy, Provider } from "../snapshot.ts";
import type { Entry } from "./enter.ts";
import type { Needs } from "./needs.ts";
import { estimatedPrice, measuredPace } from "./prefer.ts";
import type { Progress } from "./progress.ts";
import { beginProgress } from "./progress.ts";
import type { PlannedStep, Rehearsal } from "./rehearse.ts";
import { rehearse } from "./rehearse.ts";
import type { StateName } from "./state.ts";
import { stateOf } from "./state.ts";
import type { Worst } from "./worst.ts";
import { worstOf } from "./worst.ts";

/** What one provider is to a request. Times are epoch milliseconds. */
export type ExplainedProvider = {
  readonly provider: string;
  readonly model: string;
  /** `unfit`: it lacks what this request needs. */
  readonly state: StateName | "unfit";
  /** `null` when it is ready. */
  readonly reason: string | null;
  readonly until: number | null;
  /** What an attempt there is thought to cost, in US dollars; `null`: its price is not known. */
  readonly price: number | null;
  /** How long it has taken of late, in milliseconds; `null`: not measured, or it failed. */
  readonly paceMs: number | null;
};

/** What would become of a request that began now. */
export type Explanation = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly route: string;
  readonly needs: Needs;
  /** Who of the route comes first: by its order, or by what was measured or is charged. */
  readonly prefer: Policy["prefer"];
  /** Those that may be asked, in the order in which they have their turn. */
  readonly order: readonly string[];
  /** All of the route, the order first. */
  readonly providers: readonly ExplainedProvider[];
  readonly first: PlannedStep | { readonly do: "stop"; readonly failure: Failure };
  /** Of the whole request, in milliseconds. */
  readonly deadlineMs: number;
  readonly maxAttempts: number;
  /** At most so long, so many calls and so much, if no attempt succeeds. */
  readonly worst: Worst;
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
  const { route, needs, policy } = entry;
  const { deadlineMs, maxAttempts } = policy;
  const deadlineAt = now + deadlineMs;
  const start = { type: "request-start", at: now, request: "rehearsal" } as const;
  const begun = learn(health, { ...start, route, stream, deadlineAt });
  const asked = { ...entry, promptTokens: needs.estimatedTokens, stream };
  const progress = beginProgress(asked, begun, now);
  const slowest = rehearse(progress, begun, "slowly");
  const quickest = rehearse(progress, begun, "quickly");
  const [planned] = quickest.steps;
  return {
    at: now,
    route,
    needs,
    prefer: policy.prefer,
    order: progress.providers.map(({ name }) => name),
    providers: explainProviders(progress, known, health, now),
    first: planned ?? { do: "stop", failure: quickest.failure },
    deadlineMs,
    maxAttempts,
    worst: worstOf(progress, begun, [slowest, quickest]),
    slowest,
    quickest,
  };
}

function explainProviders(
  progress: Progress,
  known: readonly Provider[],
  health: Health,
  now: number,
): readonly ExplainedProvider[] {
  const { providers, leftOut } = progress;
  const say = (provider: Provider) => {
    const { name, model } = provider;
    const price = estimatedPrice(provider, progress);
    const paceMs = measuredPace(provider, progress, health, now);
    return { provider: name, model, ...stateOf(provider, health, now), price, paceMs };
  };
  const idle = known.filter(({ enabled, key }) => !enabled || key === null);
  const isIdle = (name: string): boolean => idle.some((one) => one.name === name);
  const unfit = leftOut.flatMap(({ provider, reason }) => {
    const model = known.find(({ name }) => name === provider)?.model ?? "";
    const about = { until: null, price: null, paceMs: null };
    return isIdle(provider) ? [] : [{ provider, model, state: "unfit", reason, ...about } as const];
  });
  return [...providers.map(say), ...unfit, ...idle.map(say)];
}
