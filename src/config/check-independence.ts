import { hostQuirks } from "../providers/catalogue.ts";
import type { Resolved } from "./compile-provider.ts";
import { isUsable } from "./compile-provider.ts";
import type { PlannedRoute } from "./compile-route.ts";
import { isPrivateHost } from "./host.ts";
import type { Finding } from "./problem.ts";
import { warning } from "./problem.ts";
import { quote } from "./show.ts";

/** Providers that stand in for each other and would fail together: one twice, or one account. */
export function checkIndependence(routes: readonly PlannedRoute[]): readonly Finding[] {
  return [...checkTwins(routes), ...checkAccounts(routes)];
}

// Only on one route: elsewhere one model may well be asked in two ways.
function checkTwins(routes: readonly PlannedRoute[]): readonly Finding[] {
  const told = new Set<string>();
  return routes.flatMap(({ members }) => {
    const first = new Map<string, string>();
    return members.filter(isUsable).flatMap((member) => {
      const { name } = member.settings;
      const place = placeOf(member);
      const twin = first.get(place);
      if (twin === undefined) first.set(place, name);
      if (twin === undefined || told.has(name)) return [];
      told.add(name);
      const message =
        `is ${quote(twin)} over again: the same endpoint, model and key,` +
        " so what stops the one stops the other";
      const hint = "take it out, or give it another model, key or vendor";
      return [warning(["providers", name], message, hint)];
    });
  });
}

function placeOf({ settings, endpoint, secrets }: Resolved): string {
  return JSON.stringify([endpoint.url, settings.model_name, secrets.keyDigest]);
}

// What holds for the route of all providers holds for every other, and is told once.
function checkAccounts(routes: readonly PlannedRoute[]): readonly Finding[] {
  const shared = routes.filter(({ members }) => isOneAccount(members.filter(isUsable)));
  const all = shared.find(({ written }) => written?.providers === undefined);
  const told = all === undefined ? shared : [all];
  return told.map(({ name, written, members }) => {
    const usable = members.filter(isUsable).map(({ settings }) => quote(settings.name));
    const route = written === null ? "" : ` on the route ${quote(name)}`;
    const message =
      `${usable.slice(0, 10).join(" and ")}${route} are of one account,` +
      " so a refused key or a spent quota stops them all";
    const hint = "add a provider of another vendor; where accounts differ, name them in account";
    return warning(written?.places.route ?? ["providers"], message, hint);
  });
}

function isOneAccount(usable: readonly Resolved[]): boolean {
  const places = new Set(usable.map(placeOf));
  const accounts = new Set(usable.map(accountOf));
  // One that stands there twice is told as such.
  return places.size > 1 && accounts.size === 1 && !accounts.has(null);
}

// A vendor has many hosts, and a key is one account's at all of them. At a server of one's own
// nobody has an account.
function accountOf({ settings, endpoint, secrets }: Resolved): string | null {
  const { url, vendor } = endpoint;
  const { origin, hostname } = new URL(url);
  if (settings.account !== undefined) return JSON.stringify([vendor, settings.account]);
  if (isPrivateHost(hostname)) return null;
  const isKnown = hostQuirks(url) !== hostQuirks("");
  return JSON.stringify([isKnown ? vendor : origin, "key", secrets.keyDigest]);
}
