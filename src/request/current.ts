import type { Health } from "../resilience/health.ts";
import type { Provider, Snapshot } from "../snapshot.ts";
import { noNeeds } from "./needs.ts";
import { nextStep } from "./next-step.ts";
import { beginProgress } from "./progress.ts";
import { rank } from "./rank.ts";

/** The provider an empty request on the default route would go to, or wait for, now. */
export function currentProvider(
  snapshot: Snapshot,
  health: Health,
  now: number,
): Provider | undefined {
  const { default: route } = snapshot.routes;
  if (route === undefined) return undefined;
  const { policy } = route;
  const { providers } = rank(route.providers, noNeeds);
  const asked = { route: route.name, providers, policy, stream: false, timeoutMs: null };
  const step = nextStep(beginProgress(asked, health, now), health, now);
  return step.do === "stop" ? undefined : step.provider;
}
