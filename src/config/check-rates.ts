import type { PlannedRoute } from "./compile-route.ts";
import type { Config, NamedProvider } from "./config.ts";
import type { Path } from "./document.ts";
import type { Finding } from "./problem.ts";
import { warning } from "./problem.ts";
import { quote } from "./show.ts";
import { defaultDeadline, triesUnder, triesWithin } from "./time.ts";

type Limit = { readonly path: Path; readonly limit: NamedProvider["rate_limit"] };

/** The limits of our own under which tries can never happen, or one answer is too many. */
export function checkRates(config: Config, routes: readonly PlannedRoute[]): readonly Finding[] {
  const findings = routes.flatMap((route) => {
    const settings = route.members.map((member) => member.settings).filter((one) => one.enabled);
    const { backoff, deadline = defaultDeadline(settings, backoff) } = route.failover;
    return settings.flatMap((provider) =>
      limitsOn(config, route, provider).flatMap((limit) => [
        ...checkRequests(limit, provider, deadline, backoff),
        ...checkTokens(limit, provider),
      ]),
    );
  });
  // A limit is of many routes and providers: what it does to the first of them is told.
  const told = new Map(
    findings.toReversed().map((finding) => [JSON.stringify(finding.path), finding] as const),
  );
  return [...told.values()];
}

function limitsOn(
  { accounts }: Config,
  { written }: PlannedRoute,
  { name, rate_limit, account }: NamedProvider,
): readonly Limit[] {
  const shared = account !== undefined && Object.hasOwn(accounts, account) ? account : null;
  const ofAccount = shared === null ? undefined : accounts[shared]?.rate_limit;
  return [
    { path: ["providers", name, "rate_limit"], limit: rate_limit },
    ...(shared === null || ofAccount === undefined
      ? []
      : [{ path: ["accounts", shared, "rate_limit"], limit: ofAccount }]),
    ...(written === null
      ? []
      : [{ path: [...written.places.route, "rate_limit"], limit: written.rate_limit }]),
  ];
}

function checkRequests(
  { path, limit: { requests_per_minute: perMinute } }: Limit,
  provider: NamedProvider,
  deadline: number,
  backoff: PlannedRoute["failover"]["backoff"],
): readonly Finding[] {
  if (perMinute === undefined) return [];
  const tries = triesWithin(deadline, provider, backoff);
  const possible = triesUnder(perMinute, deadline, provider, backoff);
  if (possible >= tries) return [];
  const message =
    `lets only ${possible} of ${tries} tries at ${quote(provider.name)} happen` +
    ` within the deadline of ${Math.ceil(deadline * 100) / 100} s`;
  const hint = `raise it, or write retry_attempts ${possible}`;
  return [warning([...path, "requests_per_minute"], message, hint)];
}

// One that is too large waits for an empty minute, and goes.
function checkTokens(
  { path, limit: { tokens_per_minute: perMinute } }: Limit,
  { name, max_tokens: most }: NamedProvider,
): readonly Finding[] {
  if (perMinute === undefined || most === null || most <= perMinute) return [];
  const message =
    `${perMinute} is less than one answer of ${quote(name)} may have, ${most},` +
    " so one request a minute goes";
  return [warning([...path, "tokens_per_minute"], message, "raise it, or lower max_tokens")];
}
