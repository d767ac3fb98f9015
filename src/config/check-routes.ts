import { checkFailover } from "./check-failover.ts";
import { checkListed } from "./check-listed.ts";
import type { Resolved } from "./compile-provider.ts";
import { isLocal } from "./compile-provider.ts";
import type { PlannedRoute } from "./compile-route.ts";
import type { Config, NamedRoute } from "./config.ts";
import type { Path } from "./document.ts";
import { nearest } from "./edits.ts";
import { checkDefault } from "./older/check-default.ts";
import type { Finding } from "./problem.ts";
import { error, warning } from "./problem.ts";
import { looksLikeKey, quote } from "./show.ts";

/** What in the routes names nobody, contradicts itself or has no effect. */
export function checkRoutes(
  config: Config,
  resolved: readonly Resolved[],
  routes: readonly PlannedRoute[],
  meant: ReadonlySet<string>,
): readonly Finding[] {
  return [
    ...config.routes.flatMap((route) => [
      ...checkName(route, config.routes),
      ...checkMembers(route, config, resolved),
    ]),
    ...checkDefault(config, routes, meant),
    ...onceInFile(
      routes.flatMap((route) => checkRoute(route, config, meant)),
      config,
    ),
    ...checkUnasked(config, routes, meant),
  ];
}

function checkName(route: NamedRoute, all: readonly NamedRoute[]): readonly Finding[] {
  const { name, places } = route;
  if (all.find((other) => other.name === name) !== route) {
    const message = `there is another route of this name, in ${quote(firstPart(all, name))}`;
    return [error(places.route, message, "keep one of the two")];
  }
  const isName = name.trim() !== "" && name.length <= 100 && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name);
  if (isName && !looksLikeKey(name)) return [];
  const message = "is not a name: it must be 1 to 100 characters on one line";
  return [error(places.route, message, "name it for what it is for, as in summaries")];
}

function firstPart(all: readonly NamedRoute[], name: string): string {
  return String(all.find((route) => route.name === name)?.places.route[0] ?? "");
}

function checkMembers(
  { providers, places, local_only }: NamedRoute,
  config: Config,
  resolved: readonly Resolved[],
): readonly Finding[] {
  if (providers === undefined) return [];
  if (providers.length === 0) {
    const hint = "name a provider, or take the list out: then all have their turn, by priority";
    return [error(places.providers, "names no provider", hint)];
  }
  const known = config.providers.map(({ name }) => name);
  const listed = checkListed(providers, places.providers, known);
  const remote = [...new Set(providers)].flatMap((name) => {
    const found = resolved.find(({ settings }) => settings.name === name);
    if (!local_only || found === undefined || isLocal(found)) return [];
    const path = [...places.providers, providers.indexOf(name)];
    const message = `${quote(name)} is not on this machine, and the route is local_only`;
    return [error(path, message, "take it out of the list, or take out local_only")];
  });
  return [...listed, ...remote];
}

function checkRoute(
  { written, members, failover }: PlannedRoute,
  config: Config,
  meant: ReadonlySet<string>,
): readonly Finding[] {
  const inFile = (key: string): Path => config.places.failover[key] ?? ["failover", key];
  const settings = members.map((member) => member.settings);
  const usable = settings.filter((one) => meant.has(one.name));
  if (written === null) {
    return checkFailover({ failover, usable, at: inFile, triesAt: triesInFile });
  }
  const lacking = checkCapabilities(written, settings);
  if (lacking.length > 0) return lacking;
  if (usable.length === 0) return checkEmpty(written, members);
  const { overrides, places } = written;
  const said: Readonly<Record<string, unknown>> = written.failover;
  return checkFailover({
    failover,
    usable,
    at: (key) => (said[key] === undefined ? inFile(key) : [...places.failover, key]),
    triesAt: (provider) =>
      overrides.retry_attempts === undefined
        ? triesInFile(provider)
        : [...places.overrides, "retry_attempts"],
  });
}

// The file's own policy is the same on every route: one word about each part of it is enough,
// and of all else what was not said before.
function onceInFile(findings: readonly Finding[], { places }: Config): readonly Finding[] {
  const older = new Set(Object.values(places.failover).map((path) => path.join(".")));
  const told = new Set<string>();
  return findings.filter(({ path, severity, message }) => {
    const at = path.join(".");
    if (severity === "error") return true;
    const news = path[0] === "failover" || older.has(at) ? at : `${at} ${message}`;
    if (told.has(news)) return false;
    told.add(news);
    return true;
  });
}

function triesInFile(provider: string): Path {
  return ["providers", provider, "retry_attempts"];
}

function checkEmpty(written: NamedRoute, members: readonly Resolved[]): readonly Finding[] {
  const { name, places, local_only, providers } = written;
  // Who was named is told one by one.
  if (members.length === 0 && (providers !== undefined || !local_only)) return [];
  if (members.length === 0) {
    const message = "is local_only, and no provider is on this machine";
    const hint = "add a provider at http://localhost, or take out local_only";
    return [error(places.route, message, hint)];
  }
  const names = members.map(({ settings }) => quote(settings.name)).join(", ");
  const message = `nobody can answer on the route ${quote(name)}: ${names} cannot be used`;
  return [warning(places.route, message, "enable one of them, or give it a key")];
}

// A provider that says no capabilities is taken to be able to do what is asked.
function checkCapabilities(
  { capabilities = [], places, providers }: NamedRoute,
  members: readonly Resolved["settings"][],
): readonly Finding[] {
  return capabilities.flatMap((word, index) => {
    if (word === "images") return [];
    const path = [...places.route, "capabilities", index];
    const who = providers === undefined ? "no provider" : "none of its providers";
    const said = members.flatMap((member) => member.capabilities ?? []);
    if (said.includes(word)) return [];
    const meant = nearest(word, said);
    const cure = meant === undefined ? `write ${quote(word)} into a provider's capabilities` : "";
    const hint = meant === undefined ? cure : `did you mean ${quote(meant)}?`;
    const isPossible = members.some((member) => member.capabilities === undefined);
    const message = `${who} says that it is fit for ${quote(word)}`;
    return [isPossible ? warning(path, message, hint) : error(path, message, hint)];
  });
}

function checkUnasked(
  { providers, routes: written }: Config,
  routes: readonly PlannedRoute[],
  meant: ReadonlySet<string>,
): readonly Finding[] {
  if (written.length === 0) return [];
  const asked = new Set(routes.flatMap(({ members }) => members.map((one) => one.settings.name)));
  return providers
    .filter(({ name }) => meant.has(name) && !asked.has(name))
    .map(({ name }) => {
      const message = "is on no route, so it is only asked by its name";
      return warning(["providers", name], message, "name it on a route, or disable it");
    });
}
