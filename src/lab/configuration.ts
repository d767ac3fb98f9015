import type { LabEndpoints } from "./endpoints.ts";
import type { LabProvider } from "./provider.ts";

/** A provider as the manager's configuration writes it. */
export type LabConfigurationEntry = {
  provider_name: string;
  vendor: string;
  api_endpoint: string;
  api_key: string;
  model_name: string;
  max_tokens: number;
  temperature: number;
  timeout: number;
  retry_attempts: number;
};

/** What the manager reads: providers by name. */
export type LabConfiguration = { providers: Record<string, LabConfigurationEntry> };

/** The configuration of these providers; with no names, of all but OpenAI's if there are others. */
export function configurationOf(
  list: readonly LabProvider[],
  endpoints: Readonly<Record<string, LabEndpoints>>,
  names: readonly string[],
): LabConfiguration {
  const usual = list.filter(({ vendor }) => vendor !== "openai");
  const chosen = names.length === 0 ? (usual.length === 0 ? list : usual) : named(list, names);
  return {
    providers: Object.fromEntries(
      chosen.map(({ name, vendor, key, model }) => [
        name,
        {
          provider_name: name,
          vendor,
          api_endpoint: endpoints[name]?.endpoint ?? "",
          api_key: key,
          model_name: model,
          max_tokens: 150,
          temperature: 0.7,
          timeout: 30,
          retry_attempts: 3,
        },
      ]),
    ),
  };
}

function named(list: readonly LabProvider[], names: readonly string[]): readonly LabProvider[] {
  return names.map((name) => {
    const found = list.find((provider) => provider.name === name);
    if (found === undefined) throw new Error(`The lab has no provider ${JSON.stringify(name)}.`);
    return found;
  });
}
