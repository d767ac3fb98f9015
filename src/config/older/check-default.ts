import type { PlannedRoute } from "../compile-route.ts";
import type { Config } from "../config.ts";
import type { Finding } from "../problem.ts";
import { warning } from "../problem.ts";
import { quote } from "../show.ts";

/** Tells who is asked first when an older file's default cannot be; `meant` are those who can. */
export function checkDefault(
  { defaultProvider: name, places, providers }: Config,
  routes: readonly PlannedRoute[],
  meant: ReadonlySet<string>,
): readonly Finding[] {
  if (name === null || places.defaultProvider === null || meant.has(name)) return [];
  const usual = routes.find((route) => route.name === "default");
  const first = usual?.members.find(({ settings }) => meant.has(settings.name));
  if (first === undefined) return [];
  const isDisabled = providers.some((one) => one.name === name && !one.enabled);
  const why = isDisabled ? "is disabled" : "has no key";
  const instead = quote(first.settings.name);
  const message = `${quote(name)} ${why}: ${instead} is asked first in its place`;
  const cure = isDisabled ? "enable it" : "give it a key";
  return [warning(places.defaultProvider, message, `${cure}, or name another one here`)];
}
