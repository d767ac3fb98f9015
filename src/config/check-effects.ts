import { compileProvider } from "./compile-provider.ts";
import type { PlannedRoute } from "./compile-route.ts";
import type { IsWritten } from "./check-provider.ts";
import type { Path } from "./document.ts";
import type { Finding } from "./problem.ts";
import { warning } from "./problem.ts";
import { triesOf } from "./time.ts";

/** A key of a policy that changes nothing on a route, and why. */
type Idle = { readonly key: readonly string[]; readonly why: string; readonly hint: string };

/** The keys of `failover` that change nothing: on a route what it says, else what the file says. */
export function checkEffects(
  routes: readonly PlannedRoute[],
  isWritten: IsWritten,
): readonly Finding[] {
  const idle = routes.map((route) => ({ route, keys: idleKeys(route) }));
  const ofRoutes = idle.flatMap(({ route: { written }, keys }) => {
    if (written === null) return [];
    const path = written.places.failover;
    return toFindings(
      path,
      keys.filter(({ key }) => isWritten([...path, ...key])),
    );
  });
  const [first] = idle;
  const ofFile = (first?.keys ?? []).filter(
    ({ key }) =>
      isWritten(["failover", ...key]) &&
      idle.every(({ route, keys }) => isOverridden(route, key, isWritten) || has(keys, key)),
  );
  return [...ofRoutes, ...toFindings(["failover"], ofFile)];
}

// Those that have no effect for one reason are told at once, where the first of them stands.
function toFindings(path: Path, idle: readonly Idle[]): readonly Finding[] {
  return [...Map.groupBy(idle, ({ why }) => why)].flatMap(([why, keys]) => {
    const [first, ...others] = keys;
    if (first === undefined) return [];
    const names = others.map(({ key }) => key.join("."));
    const too =
      names.length === 0 ? "" : `, nor ${names.length === 1 ? "has" : "have"} ${and(names)}`;
    return [warning([...path, ...first.key], `has no effect${too}: ${why}`, first.hint)];
  });
}

function and(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function has(keys: readonly Idle[], key: readonly string[]): boolean {
  return keys.some((one) => one.key.join(".") === key.join("."));
}

function isOverridden({ written }: PlannedRoute, key: readonly string[], isWritten: IsWritten) {
  return written !== null && isWritten([...written.places.failover, ...key]);
}

function idleKeys(route: PlannedRoute): readonly Idle[] {
  if (route.members.length === 0) return [];
  return [...alone(route), ...untried(route), ...unpriced(route), ...unreached(route)];
}

// With nobody else on the route there is nobody to go to.
function alone({ members, failover }: PlannedRoute): readonly Idle[] {
  if (members.length > 1) return [];
  const why = "there is no other provider to go to";
  const hint = "leave it out, or add a provider";
  const keys = [
    ...(failover.max_switches === undefined ? [] : ["max_switches"]),
    ...(failover.switch_on_failure ? [] : ["switch_on_failure"]),
    ...(failover.switch_on_timeout ? [] : ["switch_on_timeout"]),
    ...(failover.retry === "switch_first" ? ["retry"] : []),
    ...(failover.prefer === "order" ? [] : ["prefer"]),
    ...(failover.on_content_filtered === "next" ? ["on_content_filtered"] : []),
  ];
  return keys.map((key) => ({ key: [key], why, hint }));
}

// Waits stand before a second try, and grow from the third on.
function untried({ members, failover }: PlannedRoute): readonly Idle[] {
  const most = Math.max(...members.map(({ settings }) => triesOf(settings)));
  if (most > 2) return [];
  const why = `nobody is tried a ${most === 1 ? "second" : "third"} time`;
  const hint = `raise retry_attempts to ${most + 1} or more, or leave it out`;
  const waits = most === 1 ? ["base", "factor", "max", "jitter"] : ["factor"];
  const backoff = waits.map((key) => ["backoff", key]);
  const retry = most === 1 && failover.retry === "switch_first" && members.length > 1;
  const budget = most === 1 ? ["ratio", "per_second"].map((key) => ["retry_budget", key]) : [];
  return [...backoff, ...(retry ? [["retry"]] : []), ...budget].map((key) => ({ key, why, hint }));
}

function unpriced({ members, failover }: PlannedRoute): readonly Idle[] {
  const isKnown = members.some((member) => compileProvider(member).pricing !== null);
  if (failover.prefer !== "cheapest" || members.length < 2 || isKnown) return [];
  const hint = "write pricing into the providers";
  return [{ key: ["prefer"], why: "no provider's price is known", hint }];
}

function unreached({ members, failover }: PlannedRoute): readonly Idle[] {
  const { max_attempts: most, max_switches, switch_on_failure, switch_on_timeout } = failover;
  const tries = members.reduce((sum, { settings }) => sum + triesOf(settings), 0);
  const never = !switch_on_failure && !switch_on_timeout && members.length > 1;
  const why = tries === 1 ? "there is only one try" : `all tries together are ${tries}`;
  const hint = "leave it out, or raise retry_attempts";
  return [
    ...(most !== undefined && most > tries ? [{ key: ["max_attempts"], why, hint }] : []),
    ...(never && max_switches !== undefined && max_switches > 0
      ? [
          {
            key: ["max_switches"],
            why: "nothing may lead to another provider",
            hint: "let switch_on_failure or switch_on_timeout be true, or leave it out",
          },
        ]
      : []),
  ];
}
