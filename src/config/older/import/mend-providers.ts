import { retirement } from "../../../providers/catalogue.ts";
import type { Config, NamedProvider } from "../../config.ts";
import type { Document, Path } from "../../document.ts";
import type { Change } from "../../edit/change.ts";
import { resolveEndpoint } from "../../endpoint.ts";
import { quote } from "../../show.ts";
import type { OlderKey } from "../told.ts";
import { toldOf } from "../told.ts";

/** A model that its vendor serves no more. */
export type RetiredModel = {
  readonly provider: string;
  readonly model: string;
  /** The first day without it. */
  readonly since: string;
  readonly replacement: string;
};

/** Changes of providers, and what they are. */
export type Mended = {
  readonly changes: readonly Change[];
  readonly told: readonly OlderKey[];
  /** Those that were left as they are. */
  readonly retired: readonly RetiredModel[];
};

/** What of the providers an import writes otherwise. */
export function mendProviders(document: Document, config: Config, updateModels: boolean): Mended {
  const mended = config.providers.map((provider) => mend(provider, document, updateModels));
  return {
    changes: mended.flatMap(({ changes }) => changes),
    told: mended.flatMap(({ told }) => told),
    retired: mended.flatMap(({ retired }) => retired),
  };
}

function mend(provider: NamedProvider, document: Document, updateModels: boolean): Mended {
  const path = ["providers", provider.name];
  const { endpoint, findings } = resolveEndpoint(provider, null);
  const changes: Change[] = [];
  const told: OlderKey[] = [];
  const write = (key: string, value: string, why: string): void => {
    changes.push({ do: "put", path: [...path, key], value });
    told.push(toldOf("note", [...path, key], why, { now: value }));
  };
  const first = provider.timeouts.first_content;
  if (first !== undefined && !isWritten(document, [...path, "timeouts", "first_content"])) {
    changes.push({ do: "put", path: [...path, "timeouts", "first_content"], value: first });
  }
  // Where it asks something else than it says, it comes to say what it asks.
  const asked = findings.find(({ hint }) => hint === `write ${endpoint.url}`);
  if (asked !== undefined) write("api_endpoint", endpoint.url, asked.message);
  const { model_name: model, name } = provider;
  const found = retirement(endpoint.vendor, model);
  if (found !== null && updateModels) {
    write("model_name", found.replacement, `${quote(model)} is retired since ${found.since}`);
  }
  const { since = "", replacement = "" } = found ?? {};
  const isLeft = found !== null && !updateModels;
  return { changes, told, retired: isLeft ? [{ provider: name, model, since, replacement }] : [] };
}

function isWritten(document: Document, path: Path): boolean {
  return document.entries(path.slice(0, -1)).some(({ name }) => name === path.at(-1));
}
