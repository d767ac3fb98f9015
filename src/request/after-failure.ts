import type { Failure } from "../failure.ts";
import { backoffMs } from "../resilience/backoff.ts";
import type { Provider } from "../snapshot.ts";
import type { Progress } from "./progress.ts";
import { withFailure } from "./progress.ts";

/** The progress after an attempt has failed; `chance` is in [0, 1], for the wait before another. */
export function afterFailure(
  progress: Progress,
  provider: Provider,
  { failure, at, chance }: { failure: Failure; at: number; chance: number },
): Progress {
  const failures = (progress.tries.get(provider.name)?.length ?? 0) + 1;
  // Nothing is unwell with a provider that is only to mend its answer.
  const pause = () => backoffMs(progress.policy.backoff, failures, chance);
  const waitMs = failure.repair === true ? 0 : (failure.retryAfterMs ?? pause());
  return withFailure(progress, provider, { failure, at, waitMs });
}
