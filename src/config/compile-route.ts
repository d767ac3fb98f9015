import type { Policy, Route } from "../snapshot.ts";
import type { Resolved } from "./compile-provider.ts";
import { compileProvider, isLocal, isUsable } from "./compile-provider.ts";
import type { Config, NamedProvider, NamedRoute } from "./config.ts";
import type { FailoverSettings } from "./schema.ts";
import { defaultDeadline, toMs, triesOf } from "./time.ts";

/** A route before it is compiled: what it says, and who is on it, usable or not. */
export type PlannedRoute = {
  readonly name: string;
  /** `null`: the route that the file does not write. */
  readonly written: NamedRoute | null;
  /** In the order in which they have their turn, the route's overrides applied. */
  readonly members: readonly Resolved[];
  readonly failover: FailoverSettings;
};

/** Every route of a configuration, `default` first. */
export function planRoutes(
  config: Config,
  resolved: readonly Resolved[],
): readonly [PlannedRoute, ...PlannedRoute[]] {
  const named = new Map(config.routes.map((route) => [route.name, route]));
  const written = named.get("default") ?? null;
  const others = config.routes.filter((route) => route !== written);
  return [
    planRoute("default", written, config, resolved),
    ...others.map((route) => planRoute(route.name, route, config, resolved)),
  ];
}

/** A route as requests know it. */
export function compileRoute({ name, written, members, failover }: PlannedRoute): Route {
  const usable = members.filter(isUsable);
  // A route that nobody can serve now has the policy it has when somebody can.
  const counted = usable.length === 0 ? members : usable;
  return {
    name,
    description: written?.description ?? "",
    providers: usable.map(compileProvider),
    members: members.map(({ settings }) => settings.name),
    capabilities: written?.capabilities ?? [],
    localOnly: written?.local_only ?? false,
    policy: compilePolicy(
      failover,
      counted.map(({ settings }) => settings),
    ),
  };
}

function planRoute(
  name: string,
  written: NamedRoute | null,
  config: Config,
  resolved: readonly Resolved[],
): PlannedRoute {
  const all = written?.providers === undefined ? byPriority(config, resolved) : resolved;
  const listed = written?.providers;
  const chosen =
    listed === undefined
      ? all
      : [...new Set(listed)].flatMap((one) => all.filter(({ settings }) => settings.name === one));
  const local = written?.local_only === true ? chosen.filter(isLocal) : chosen;
  const members = written === null ? local : local.map((member) => overridden(member, written));
  return { name, written, members, failover: failoverOf(config.failover, written) };
}

function byPriority(config: Config, resolved: readonly Resolved[]): readonly Resolved[] {
  const { defaultProvider } = config;
  const place = ({ name, priority }: NamedProvider): number =>
    name === defaultProvider ? -1 : priority;
  return resolved.toSorted((a, b) => place(a.settings) - place(b.settings));
}

function overridden(member: Resolved, { overrides }: NamedRoute): Resolved {
  const { thinking, extra_body, ...plain } = overrides;
  const said = Object.fromEntries(
    Object.entries(plain).filter(([, value]) => value !== undefined),
  ) as Partial<NamedProvider>;
  const settings = {
    ...member.settings,
    ...said,
    extra_body: { ...member.settings.extra_body, ...extra_body },
  };
  const endpoint = { ...member.endpoint, thinking: thinking ?? member.endpoint.thinking };
  return { ...member, settings, endpoint };
}

/** What holds on a route: what it says itself, else what the file says. */
function failoverOf(file: FailoverSettings, written: NamedRoute | null): FailoverSettings {
  const { backoff, ...plain } = written?.failover ?? {};
  const said = Object.entries(plain).filter(([, value]) => value !== undefined);
  const waits = Object.entries(backoff ?? {}).filter(([, value]) => value !== undefined);
  return {
    ...file,
    ...Object.fromEntries(said),
    backoff: { ...file.backoff, ...Object.fromEntries(waits) },
  };
}

function compilePolicy(failover: FailoverSettings, usable: readonly NamedProvider[]): Policy {
  const { backoff, deadline, max_attempts: most } = failover;
  return {
    retry: failover.retry,
    deadlineMs: toMs(deadline ?? defaultDeadline(usable, backoff)),
    maxAttempts: most ?? usable.reduce((sum, provider) => sum + triesOf(provider), 0),
    maxSwitches: failover.max_switches ?? null,
    switchOnFailure: failover.switch_on_failure,
    switchOnTimeout: failover.switch_on_timeout,
    prefer: failover.prefer,
    backoff: {
      baseMs: toMs(backoff.base),
      factor: backoff.factor,
      maxMs: toMs(backoff.max),
      jitterMs: toMs(backoff.jitter),
    },
    whenLimited: failover.when_limited,
    queueMax: failover.queue_max,
    whenExhausted: failover.when_exhausted,
    onContentFiltered: failover.on_content_filtered,
    onLength: failover.on_length,
  };
}
