import type { NamedProvider } from "./parse.ts";
import type { Finding } from "./problem.ts";
import { error, warning } from "./problem.ts";
import type { FailoverSettings } from "./schema.ts";
import { quote } from "./show.ts";
import { deadlineForAll, defaultDeadline, triesOf, triesWithin } from "./time.ts";

const leastShare = 1;

/** What in `failover` contradicts itself or has no effect, given the providers that can be used. */
export function checkFailover(
  failover: FailoverSettings,
  usable: readonly NamedProvider[],
): readonly Finding[] {
  return [
    ...checkBackoff(failover),
    ...(usable.length === 0
      ? []
      : [...checkDeadline(failover, usable), ...checkAttempts(failover, usable)]),
  ];
}

function checkBackoff({ backoff: { base, max } }: FailoverSettings): readonly Finding[] {
  if (base <= max) return [];
  const message = `has no effect: backoff.max holds every wait to ${max} s`;
  return [warning(["failover", "backoff", "base"], message, "make it less than backoff.max")];
}

function checkDeadline(
  { deadline: written, backoff }: FailoverSettings,
  usable: readonly NamedProvider[],
): readonly Finding[] {
  const deadline = written ?? defaultDeadline(usable, backoff);
  const path = written === undefined ? ["failover"] : ["failover", "deadline"];
  const share = deadline / usable.length;
  // Left out, the deadline gives every provider all the time of its tries.
  if (share < leastShare && written !== undefined) {
    const message =
      `${round(deadline)} s for ${usable.length} providers` +
      ` leaves each a share of ${round(share)} s, less than ${leastShare} s`;
    const hint = `make failover.deadline at least ${usable.length * leastShare}`;
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
    const hint = `write ${possible}, or make failover.deadline at least ${least}`;
    return [warning(["providers", provider.name, "retry_attempts"], message, hint)];
  });
}

function checkAttempts(
  { max_attempts: most }: FailoverSettings,
  usable: readonly NamedProvider[],
): readonly Finding[] {
  if (most === undefined) return [];
  const over = usable.filter((provider) => triesOf(provider) > most);
  const findings = over.map((provider) => {
    const message = `${triesOf(provider)} has no effect beyond failover.max_attempts, ${most}`;
    const path = ["providers", provider.name, "retry_attempts"];
    return warning(path, message, "lower it, or raise failover.max_attempts");
  });
  if (most >= usable.length) return findings;
  const order = usable.toSorted((a, b) => a.priority - b.priority);
  const late = order.slice(most).map(({ name }) => quote(name));
  const attempts = most === 1 ? "1 attempt ends" : `${most} attempts end`;
  const message = `${attempts} before a turn of ${late.join(", ")} when all fail`;
  const hint = `make it at least ${usable.length}`;
  return [...findings, warning(["failover", "max_attempts"], message, hint)];
}

function round(seconds: number): number {
  return Math.ceil(seconds * 100) / 100;
}
