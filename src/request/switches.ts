import type { Failure } from "../failure.ts";
import type { Policy, Provider } from "../snapshot.ts";
import type { Candidate } from "./candidate.ts";
import { circleOf } from "./circle.ts";
import type { Progress } from "./progress.ts";

/** Why a request leaves a provider, or goes past it. */
export type Cause = "failure" | "timeout";

/** How far round its circle a request may go. */
export type Reach = {
  readonly within: readonly Candidate[];
  /** Why no further, as in "switch_on_timeout is false"; `null`: nobody is out of reach. */
  readonly barrier: string | null;
};

/** What a failure is a reason for: a timeout, or any other. */
export function causeOf({ kind }: Failure): Cause {
  return kind === "timeout" ? "timeout" : "failure";
}

/**
 * Who of a circle a request may go to. Every step from one provider to the next is a switch, also
 * past one that is known to be out of use: to know that must not allow more than to find it out.
 */
export function reachOf(progress: Progress, circle: readonly Candidate[]): Reach {
  const { policy, last } = progress;
  if (isFree(policy)) return { within: circle, barrier: null };
  const latest = progress.failures.at(-1)?.failure;
  const standing = last ?? circle[0]?.provider;
  const within: Candidate[] = [];
  let barrier: string | null = null;
  let { switches } = progress;
  let cause = latest === undefined ? null : causeOf(latest);
  for (const candidate of circle) {
    if (candidate.provider !== standing) {
      barrier ??= barrierTo(policy, switches, cause);
      if (barrier !== null) continue;
      switches += 1;
    }
    within.push(candidate);
    ({ cause } = candidate);
  }
  return { within, barrier };
}

/** How often a request has switched once it is at this provider. */
export function switchesAt(progress: Progress, provider: Provider): number {
  const { last, switches } = progress;
  if (provider === last) return switches;
  return switches + circleOf(progress).indexOf(provider) + (last === null ? 0 : 1);
}

/** How many providers a request may come to at most. */
export function reachMost({ maxSwitches, switchOnFailure, switchOnTimeout }: Policy): number {
  if (!switchOnFailure && !switchOnTimeout) return 1;
  return (maxSwitches ?? Infinity) + 1;
}

function isFree({ maxSwitches, switchOnFailure, switchOnTimeout }: Policy): boolean {
  return maxSwitches === null && switchOnFailure && switchOnTimeout;
}

// Nobody knows yet why one that can be asked will be left: then either reason will do.
function barrierTo(policy: Policy, switches: number, cause: Cause | null): string | null {
  const { maxSwitches, switchOnFailure, switchOnTimeout } = policy;
  if (maxSwitches !== null && switches >= maxSwitches) return `max_switches is ${maxSwitches}`;
  if (!switchOnFailure && !switchOnTimeout) {
    return "switch_on_failure and switch_on_timeout are false";
  }
  if (cause === "failure" && !switchOnFailure) return "switch_on_failure is false";
  return cause === "timeout" && !switchOnTimeout ? "switch_on_timeout is false" : null;
}
