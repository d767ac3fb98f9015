import type { Problem } from "../errors.ts";
import type { Resolved } from "./compile-provider.ts";
import type { Config } from "./config.ts";
import { readReference } from "./reference.ts";

const shortest = 8;

/** The problems with every secret of the configuration masked, wherever it had been put. */
export function maskIn(
  problems: readonly Problem[],
  config: Config | null,
  resolved: readonly Resolved[],
): readonly Problem[] {
  const secrets = new Set([...writtenIn(config), ...resolved.flatMap(readBy)]);
  const masks = [...secrets]
    .filter((secret) => secret.length >= shortest)
    .toSorted((a, b) => b.length - a.length);
  if (masks.length === 0) return problems;
  const mask = (text: string): string =>
    masks.reduce((clean, secret) => clean.replaceAll(secret, "***"), text);
  return problems.map((problem) => ({
    ...problem,
    path: mask(problem.path),
    message: mask(problem.message),
    hint: mask(problem.hint),
  }));
}

function writtenIn(config: Config | null): readonly string[] {
  return (config?.providers ?? []).flatMap(({ api_key, headers }) =>
    [api_key, ...Object.values(headers)].flatMap((text) => {
      const reference = readReference(text);
      return reference.from === "inline" ? [reference.value] : [];
    }),
  );
}

function readBy({ secrets }: Resolved): readonly string[] {
  const { key, headers } = secrets;
  const all = key === null ? Object.values(headers) : [key, ...Object.values(headers)];
  return all.map((secret) => secret.reveal());
}
