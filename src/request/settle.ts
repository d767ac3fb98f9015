import type { Failure } from "../failure.ts";
import type { Health } from "../resilience/health.ts";
import type { Provider } from "../snapshot.ts";
import { afterFailure } from "./after-failure.ts";
import { retryTime } from "./next-step.ts";
import type { Progress } from "./progress.ts";

/** What a failed attempt means for its request. */
export type Settled = {
  readonly failure: Failure;
  readonly progress: Progress;
  /** When this request means to try here again; `null`: it does not. */
  readonly retryAt: number | null;
};

/** Settles what follows from a failed attempt; `chance` is in [0, 1). */
export function settle(
  before: Progress,
  provider: Provider,
  failure: Failure,
  now: { readonly at: number; readonly chance: number; readonly health: Health },
): Settled {
  const progress = afterFailure(before, provider, { failure, ...now });
  const retryAt =
    failure.kind === "aborted" ? null : retryTime(progress, provider, now.health, now.at);
  // A repair that cannot be made is a failure like any other, and counts as one.
  return failure.repair === true && retryAt === null
    ? settle(before, provider, { ...failure, repair: false }, now)
    : { failure, progress, retryAt };
}
