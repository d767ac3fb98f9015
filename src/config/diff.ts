import type { Provider, Snapshot } from "../snapshot.ts";
import { compareHealth, comparePolicies } from "./diff/policies.ts";
import { compareProviders } from "./diff/providers.ts";
import { compareRoutes } from "./diff/routes.ts";
import { same } from "./diff/words.ts";
import { quote } from "./show.ts";

/** What is different in a second snapshot, a sentence each; secrets are never shown. */
export function compareSnapshots(before: Snapshot, after: Snapshot): readonly string[] {
  const old = byName(before.providers);
  const now = byName(after.providers);
  const gone = before.providers.filter(({ name }) => !now.has(name));
  const [was, is] = [before.routes["default"]?.policy, after.routes["default"]?.policy];
  return [
    ...gone.map(({ name }) => `${quote(name)} was removed`),
    ...after.providers.flatMap((provider) => {
      const former = old.get(provider.name);
      if (former === undefined) return [`${quote(provider.name)} was added${asIdle(provider)}`];
      return compareProviders(former, provider);
    }),
    ...compareRoutes(before, after),
    ...comparePolicies("failover.", was, is),
    ...compareHealth(before.health, after.health),
    ...(same(before.failureRules, after.failureRules) ? [] : ["failure_rules changed"]),
  ];
}

function byName(providers: readonly Provider[]): ReadonlyMap<string, Provider> {
  return new Map(providers.map((provider) => [provider.name, provider]));
}

function asIdle({ enabled, key }: Provider): string {
  if (!enabled) return ", disabled";
  return key === null ? ", not configured" : "";
}
