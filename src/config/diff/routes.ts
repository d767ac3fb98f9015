import type { Provider, Route, Snapshot } from "../../snapshot.ts";
import { quote } from "../show.ts";
import { comparePolicies } from "./policies.ts";
import { shown } from "./providers.ts";
import type { Shown } from "./words.ts";
import { change, same, say } from "./words.ts";

/** What is different in the routes, a sentence each; the file's own policy is told elsewhere. */
export function compareRoutes(before: Snapshot, after: Snapshot): readonly string[] {
  const [old, now] = [before.routes, after.routes];
  const gone = Object.keys(old).filter((name) => !Object.hasOwn(now, name));
  return [
    ...gone.map((name) => `the route ${quote(name)} was removed`),
    ...Object.values(now).flatMap((route) => {
      const was = Object.hasOwn(old, route.name) ? old[route.name] : undefined;
      if (was === undefined) return [`the route ${quote(route.name)} was added: ${asked(route)}`];
      return compareRoute({ route: was, of: before }, { route, of: after });
    }),
  ];
}

type Placed = { readonly route: Route; readonly of: Snapshot };

function asked({ members }: Route): string {
  return members.length === 0 ? "nobody" : members.map(quote).join(", ");
}

function compareRoute(before: Placed, after: Placed): readonly string[] {
  const [was, is] = [before.route, after.route];
  const isDefault = is.name === "default";
  const what = isDefault ? "the default route" : `the route ${quote(is.name)}`;
  const policy = isDefault ? [] : comparePolicies(`${what}: `, was.policy, is.policy);
  // What the whole file's policy did to it is told of the file.
  const common = new Set(
    comparePolicies(
      `${what}: `,
      before.of.routes["default"]?.policy,
      after.of.routes["default"]?.policy,
    ),
  );
  return [
    ...change(`${what}: description`, was.description, is.description),
    ...compareMembers(what, before, after),
    ...change(`${what}: capabilities`, was.capabilities.join(", "), is.capabilities.join(", ")),
    ...change(`${what}: local_only`, was.localOnly, is.localOnly),
    ...policy.filter((sentence) => !common.has(sentence)),
    ...compareOverrides(what, before, after),
  ];
}

// Who came into the file or left it is told of the file.
function compareMembers(what: string, before: Placed, after: Placed): readonly string[] {
  const [was, is] = [before.route.members, after.route.members];
  if (same(was, is)) return [];
  const shared = (names: readonly string[]): readonly string[] =>
    names.filter((name) => isIn(before.of, name) && isIn(after.of, name));
  const isDefault = after.route.name === "default";
  if (same(shared(was), shared(is)) && isDefault) return [];
  const names = asked(after.route);
  const isOrder = same(was.toSorted(), is.toSorted());
  if (!isOrder) return [`${what} asks ${names} now`];
  return [isDefault ? `the order is now ${names}` : `${what}: the order is now ${names}`];
}

function isIn({ providers }: Snapshot, name: string): boolean {
  return providers.some((provider) => provider.name === name);
}

function compareOverrides(what: string, before: Placed, after: Placed): readonly string[] {
  const [was, is] = [overridesOf(before), overridesOf(after)];
  const keys = [...new Set([...was.keys(), ...is.keys()])];
  return keys.flatMap((key) => {
    const [old, now] = [was.get(key), is.get(key)];
    if (now === undefined) return [`${what} does not override ${key} any more`];
    if (old === undefined) return [`${what} overrides ${key} with ${say(now)} now`];
    return change(`${what}: the override of ${key}`, old, now);
  });
}

// What a route asks of its providers otherwise, as far as it is not what they have themselves.
function overridesOf({ route, of }: Placed): ReadonlyMap<string, Shown> {
  const found = new Map<string, Shown>();
  for (const overridden of route.providers) {
    const own = of.providers.find(({ name }) => name === overridden.name);
    if (own === undefined) continue;
    for (const [key, read] of shown) {
      if (read(own) !== read(overridden)) found.set(key, read(overridden));
    }
    const body = bodyKeys(own, overridden);
    if (body !== "") found.set("extra_body", body);
  }
  return found;
}

// Values may hold anything, so only the names are shown.
function bodyKeys(own: Provider, overridden: Provider): string {
  const keys = Object.keys(overridden.extraBody);
  return keys.filter((key) => !same(own.extraBody[key], overridden.extraBody[key])).join(", ");
}
