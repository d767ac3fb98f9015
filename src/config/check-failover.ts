import type { Path } from "./document.ts";
import type { NamedProvider } from "./config.ts";
import type { Finding } from "./problem.ts";
import { error, warning } from "./problem.ts";
import type { FailoverSettings } from "./schema.ts";
import { quote } from "./show.ts";
import { deadlineForAll, defaultDeadline, triesOf, triesWithin } from "./time.ts";

const leastShare = 1;

/** A policy with the providers it is for, in their order, and where its parts are written. */
export type PolicyAt = {
  readonly failover: FailoverSettings;
  readonly usable: readonly NamedProvider[];
  /** Where a key of the policy stands, or would stand. */
  readonly at: (key: string) => Path;
  /** Where the tries at a provider are said. */
  readonly triesAt: (name: string) => Path;
};

/** What in `failover` contradicts itself or has no effect, given the providers that can be used. */
export function checkFailover(policy: PolicyAt): readonly Finding[] {
  return [
    ...checkBackoff(policy),
    ...checkQueue(policy),
    ...(policy.usable.length === 0
      ? []
      : [...checkDeadline(policy), ...checkAttempts(policy), ...checkSwitches(policy)]),
  ];
}

function checkBackoff({ failover, at }: PolicyAt): readonly Finding[] {
  const { base, max, jitter } = failover.backoff;
  const key = base > max ? "base" : "jitter";
  if (base <= max && jitter <= max) return [];
  const message = `has no effect: backoff.max holds every wait to ${max} s`;
  return [warning([...at("backoff"), key], message, "make it less than backoff.max")];
}

function checkQueue({ failover, at }: PolicyAt): readonly Finding[] {
  if (failover.when_limited !== "wait" || failover.queue_max > 0) return [];
  const message = 'is 0, so nobody may wait, and when_limited is "wait"';
  return [error(at("queue_max"), message, 'make it at least 1, or write "next" in when_limited')];
}

function checkDeadline({ failover, usable, at, triesAt }: PolicyAt): readonly Finding[] {
  const { deadline: written, backoff } = failover;
  const deadline = written ?? defaultDeadline(usable, backoff);
  const path = at("deadline");
  // Time is shared among those whom one request can come to.
  const reached = Math.min(reachOf(failover), usable.length);
  const share = deadline / reached;
  // Left out, the deadline gives every provider all the time of its tries.
  if (share < leastShare && written !== undefined) {
    const message =
      `${round(deadline)} s for ${reached} ${reached === 1 ? "provider" : "providers"}` +
      ` leaves each a share of ${round(share)} s, less than ${leastShare} s`;
    const hint = `make ${said(path)} at least ${reached * leastShare}`;
    return [error(path, message, hint)];
  }
  return usable.flatMap((provider) => {
    const possible = triesWithin(deadline, provider, backoff);
    const tries = triesOf(provider);
    if (possible === tries) return [];
    const message =
      `only ${possible} of ${tries} tries can ever happen` +
      ` within the deadline of ${round(deadline)} s`;
    const least = round(deadlineForAll(provider, backoff));
    const hint = `write ${possible}, or make ${said(path)} at least ${least}`;
    return [warning(triesAt(provider.name), message, hint)];
  });
}

function checkAttempts({ failover, usable, at, triesAt }: PolicyAt): readonly Finding[] {
  const { max_attempts: most } = failover;
  if (most === undefined) return [];
  const path = at("max_attempts");
  const over = usable.filter((provider) => triesOf(provider) > most);
  const findings = over.map((provider) => {
    const message = `${triesOf(provider)} has no effect beyond ${said(path)}, ${most}`;
    return warning(triesAt(provider.name), message, `lower it, or raise ${said(path)}`);
  });
  if (most >= usable.length) return findings;
  const late = usable.slice(most).map(({ name }) => quote(name));
  const attempts = most === 1 ? "1 attempt ends" : `${most} attempts end`;
  const message = `${attempts} before a turn of ${late.join(", ")} when all fail`;
  const hint = `make it at least ${usable.length}`;
  return [...findings, warning(path, message, hint)];
}

// What a person has switched off on purpose is told as what follows from it.
function checkSwitches({ failover, usable, at }: PolicyAt): readonly Finding[] {
  const { max_switches: most, switch_on_failure, switch_on_timeout } = failover;
  const never = !switch_on_failure && !switch_on_timeout;
  const reached = reachOf(failover);
  // By speed or price anybody may come first.
  if (reached >= usable.length || failover.prefer !== "order") return [];
  const late = usable.slice(reached).map(({ name }) => quote(name));
  const because = never ? "no failure and no timeout may lead to another provider" : switches(most);
  const message = `${because}, so ${late.join(", ")} can never be asked in place of another`;
  const hint = never
    ? "switch one of the two on, or name fewer providers"
    : `make it at least ${usable.length - 1}`;
  return [warning(at(never ? "switch_on_failure" : "max_switches"), message, hint)];
}

// How many providers one request may come to.
function reachOf(failover: FailoverSettings): number {
  const { max_switches: most, switch_on_failure, switch_on_timeout } = failover;
  return switch_on_failure || switch_on_timeout ? (most ?? Infinity) + 1 : 1;
}

function switches(most: number | undefined): string {
  if (most === 0) return "a request may never switch";
  return most === 1 ? "a request may switch once" : `a request may switch ${most} times`;
}

function said(path: Path): string {
  return path.join(".");
}

function round(seconds: number): number {
  return Math.ceil(seconds * 100) / 100;
}
