import type { Config } from "../config.ts";
import type { Document, Path } from "../document.ts";
import type { Finding } from "../problem.ts";
import { limitFirstAnswer } from "./first-answer.ts";
import { readOrder } from "./order.ts";
import { readRemarks } from "./remarks.ts";
import type { OlderData } from "./schema.ts";
import { readStated } from "./stated.ts";
import { readSwitching } from "./switching.ts";
import type { OlderKey } from "./told.ts";
import { toldOf } from "./told.ts";

/** A configuration in which nothing is older, and what became of each older key. */
export type Translation = {
  readonly config: Config;
  readonly told: readonly OlderKey[];
  readonly findings: readonly Finding[];
};

/** Puts what an older file says into the form of this version. */
export function translate(config: Config, data: OlderData, document: Document): Translation {
  const { stated, told: unread } = readStated(data);
  const isWritten = (path: Path): boolean =>
    document.entries(path.slice(0, -1)).some(({ name }) => name === path.at(-1));
  const limited = limitFirstAnswer(config.providers, stated);
  const order = readOrder({ ...config, providers: limited.providers }, stated);
  const switching = readSwitching(config, stated, isWritten);
  const told = [...order.told, ...switching.told, ...limited.told, ...unread, ...readRemarks(data)];
  return {
    config: {
      ...config,
      providers: limited.providers,
      routes: order.routes,
      defaultProvider: order.defaultProvider,
      failover: switching.failover,
      places: {
        failover: switching.places,
        defaultProvider: stated.default_provider?.path ?? null,
      },
    },
    told,
    findings: [...order.findings, ...[...tellSections(data), ...told].flatMap(toFinding)],
  };
}

const sections = [
  "model_selection",
  "default_provider",
  "fallback_providers",
  "task_specific_models",
] as const;

// One word for all that is obeyed as it is: who reads more may ask `standin import`.
function tellSections(data: OlderData): readonly OlderKey[] {
  const message = "is an older form and is obeyed";
  const hint = "`standin import` writes the newer one, and says what became of each key";
  return sections
    .filter((key) => data[key] !== undefined)
    .map((key) => toldOf("note", [key], message, { hint }));
}

function toFinding({ path, message, hint, severity }: OlderKey): readonly Finding[] {
  return severity === null ? [] : [{ severity, path, message, hint }];
}
