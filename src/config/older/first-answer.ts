import type { NamedProvider } from "../config.ts";
import { quote } from "../show.ts";
import { attemptSeconds } from "../time.ts";
import type { StatedSettings } from "./stated.ts";
import type { OlderKey } from "./told.ts";
import { toldOf } from "./told.ts";

/** Providers with an older file's limit to the first answer, and what became of it. */
export type Limited = {
  readonly providers: readonly NamedProvider[];
  readonly told: readonly OlderKey[];
};

/** Bounds the first content of streams at providers that say nothing of it themselves. */
export function limitFirstAnswer(
  providers: readonly NamedProvider[],
  { timeout_threshold: threshold }: StatedSettings,
): Limited {
  if (threshold === undefined) return { providers, told: [] };
  const { value, path } = threshold;
  const changed = new Set<string>();
  const limited = providers.map((provider): NamedProvider => {
    const { timeout, timeouts } = provider;
    const own = timeouts.first_content ?? Math.min(timeout, attemptSeconds(provider));
    if (timeouts.first_content !== undefined || own <= value) return provider;
    changed.add(provider.name);
    return { ...provider, timeouts: { ...timeouts, first_content: value } };
  });
  const now = changed.size === 0 ? {} : { now: `timeouts.first_content: ${value}` };
  return { providers: limited, told: [toldOf("note", path, say(value, changed), now)] };
}

function say(value: number, changed: ReadonlySet<string>): string {
  if (changed.size === 0) return "changes nothing: each provider's own limit is as short";
  const names = [...changed].map(quote).join(", ");
  return (
    `a stream of ${names} waits ${value} s for its first content; ` +
    `a whole answer shows only at its end, and keeps its timeout`
  );
}
