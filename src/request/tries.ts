import { consequences } from "../failure.ts";
import type { Failure, FailureKind } from "../failure.ts";
import type { Provider } from "../snapshot.ts";
import type { Progress, Try } from "./progress.ts";

/** How many further tries at a provider its settings and its failures so far allow. */
export function triesLeft(progress: Progress, provider: Provider): number {
  const tries = progress.tries.get(provider.name);
  if (tries === undefined) return provider.retryAttempts;
  if (tries.some(({ failure }) => failure.repair === false)) return 0;
  const counted = tries.filter(({ failure }) => !isRefusedForm(failure));
  let left = provider.retryAttempts - counted.length;
  for (const [kind, count] of countKinds(tries)) {
    left = Math.min(left, consequences[kind].furtherTries + 1 - count);
  }
  return left;
}

/** Whether a request has made all attempts that its policy allows it. */
export function isSpent({ attempts, failures, policy }: Progress): boolean {
  if (attempts < policy.maxAttempts) return false;
  const refusedForms = failures.filter(({ failure }) => isRefusedForm(failure));
  return attempts - refusedForms.length >= policy.maxAttempts;
}

// A form that a server does not take is no answer of its model: it is asked again in another.
function isRefusedForm({ kind, repair }: Failure): boolean {
  return kind === "bad_request" && repair === true;
}

/** Whether the request's failures so far let it go to this provider at all. */
export function isOpenTo(progress: Progress, provider: Provider): boolean {
  if (triesLeft(progress, provider) <= 0) return false;
  return choosyIn(progress.failures).every(
    ({ provider: failed, failure }) =>
      failure.repair === true ||
      allows(progress, failed, failure.kind, failure.contextWindow, provider),
  );
}

type Failures = Progress["failures"];

const choosy = new WeakMap<Failures, Failures>();

// Most failures let a request go to anybody. They are left out once, and not for each of a
// thousand providers.
function choosyIn(failures: Failures): Failures {
  const known = choosy.get(failures);
  if (known !== undefined) return known;
  const found = failures.filter(({ failure }) => consequences[failure.kind].elsewhere !== "yes");
  choosy.set(failures, found);
  return found;
}

/** A failure after which nobody else is asked, or `null`. */
export function finalFailure(progress: Progress): Progress["failures"][number] | null {
  const { failures, policy } = progress;
  const latest = failures.at(-1);
  if (latest === undefined) return null;
  const { elsewhere } = consequences[latest.failure.kind];
  if (elsewhere === "no") return latest;
  if (elsewhere === "by_policy" && policy.onContentFiltered === "stop") return latest;
  const refusals = failures.filter(
    ({ failure }) => failure.kind === "bad_request" && failure.repair !== true,
  );
  // Two of them agree: the request itself is at fault, and the first said so.
  return elsewhere === "once" && refusals.length > 1 ? (refusals[0] ?? null) : null;
}

function allows(
  progress: Progress,
  failed: Provider,
  kind: FailureKind,
  stated: number | undefined,
  candidate: Provider,
): boolean {
  switch (consequences[kind].elsewhere) {
    case "yes":
      return true;
    case "by_policy":
      return progress.policy.onContentFiltered === "next" && candidate.name !== failed.name;
    case "once":
      return candidate.vendor !== failed.vendor || candidate.model !== failed.model;
    case "larger_window": {
      const window = stated ?? failed.contextWindow;
      return window !== null && (candidate.contextWindow ?? 0) > window;
    }
    case "no":
      return false;
  }
}

function countKinds(tries: readonly Try[]): Map<FailureKind, number> {
  const counts = new Map<FailureKind, number>();
  for (const { failure } of tries) {
    // What is asked again in a way that mends it is not the same try once more.
    if (failure.repair !== true) counts.set(failure.kind, (counts.get(failure.kind) ?? 0) + 1);
  }
  return counts;
}
