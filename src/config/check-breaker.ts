import type { IsWritten } from "./check-provider.ts";
import type { PlannedRoute } from "./compile-route.ts";
import type { Finding } from "./problem.ts";
import { warning } from "./problem.ts";
import type { FailoverSettings } from "./schema.ts";
import { triesOf } from "./time.ts";

const breakerAt = ["failover", "circuit_breaker"];

/** What in the breaker's and the retry budget's settings is held back by others or never acts. */
export function checkBreaker(
  failover: FailoverSettings,
  routes: readonly PlannedRoute[],
  isWritten: IsWritten,
): readonly Finding[] {
  return [
    ...checkOpen(failover),
    ...checkRate(failover, isWritten),
    ...checkBudget(failover, routes),
  ];
}

function checkOpen({ circuit_breaker: { open, open_max } }: FailoverSettings): readonly Finding[] {
  if (open <= open_max) return [];
  const message = `${open} s have no effect beyond open_max, which holds it to ${open_max} s`;
  return [warning([...breakerAt, "open"], message, "lower it, or raise open_max")];
}

// A share of failures is only asked for where failures in a row have not opened it before.
function checkRate(
  { circuit_breaker: breaker }: FailoverSettings,
  isWritten: IsWritten,
): readonly Finding[] {
  const { failures, failure_rate, min_samples } = breaker;
  const sooner = failures === 1 || (failure_rate === 1 && min_samples >= failures);
  if (!sooner) return [];
  const row = failures === 1 ? "the first failure opens" : `${failures} failures in a row open`;
  const key = ["failure_rate", "min_samples", "window"].find((one) =>
    isWritten([...breakerAt, one]),
  );
  if (key === undefined) return [];
  const message = `has no effect: ${row} it before any share of failures is judged`;
  const hint =
    failures === 1 ? "raise failures, or take it out" : "lower failure_rate, or take it out";
  return [warning([...breakerAt, key], message, hint)];
}

function checkBudget(
  { retry_budget: { ratio, per_second } }: FailoverSettings,
  routes: readonly PlannedRoute[],
): readonly Finding[] {
  const members = routes.flatMap((route) => route.members);
  const repeats = members.some(({ settings }) => triesOf(settings) > 1);
  if (ratio > 0 || per_second > 0 || !repeats) return [];
  const message = "nothing ever fills it, so once it is used up nobody is tried a second time";
  const hint = "raise ratio or per_second; for no repeats at all write retry_attempts 1";
  return [warning(["failover", "retry_budget"], message, hint)];
}
