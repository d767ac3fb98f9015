import type { OutlinedProvider, ProviderPreset } from "../../index.ts";
import { outlineConfiguration, providerPresets } from "../../index.ts";
import { exitCode } from "../exit-code.ts";
import { readConfiguration } from "../read-configuration.ts";
import { table } from "../table.ts";
import { paint, writeFailure, writeJson, writeOut } from "../terminal.ts";

/** What `provider list` may be told. */
export type ListFlags = { readonly config: string; readonly json?: boolean };

/** Lists the providers of a file, whether or not it can be used. */
export async function listProviders({ config, json = false }: ListFlags): Promise<number> {
  const bytes = await readConfiguration(config, { json });
  if (bytes === null) return exitCode.configuration;
  const { readable, providers, problems } = outlineConfiguration(bytes);
  if (json) await writeJson({ file: config, readable, providers, problems });
  if (!readable) {
    writeFailure(`${config} cannot be read as JSON: \`standin check\` says why.`);
    return exitCode.configuration;
  }
  if (!json) await writeOut(table(providers.map((one) => row(config, one))));
  return exitCode.done;
}

/** Lists the vendors that are known by name. */
export async function listPresets({ json = false }: { json?: boolean }): Promise<number> {
  if (json) await writeJson({ vendors: providerPresets });
  else await writeOut(table(providerPresets.map(presetRow)));
  return exitCode.done;
}

function row(file: string, provider: OutlinedProvider): readonly string[] {
  const { name, line, model, endpoint, priority, routes } = provider;
  const order = priority === 1_000 ? "" : `priority ${priority}`;
  const named = routes.length === 0 ? "" : `for ${routes.join(", ")}`;
  const host = URL.parse(endpoint)?.host ?? "";
  return [name, state(provider), model, host, order, named, paint("dim", `${file}:${line}`)];
}

function state({ enabled, configured }: OutlinedProvider): string {
  if (!enabled) return paint("dim", "disabled");
  return configured ? paint("green", "enabled") : paint("yellow", "no key");
}

function presetRow({ name, model, endpoint, keyVariable }: ProviderPreset): readonly string[] {
  const host = URL.parse(endpoint)?.host ?? "";
  return [name, model ?? "--model …", host, keyVariable ?? "no key is needed"];
}
