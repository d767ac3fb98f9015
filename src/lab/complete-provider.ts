import { retiredModels } from "./models.ts";
import type { LabProvider, LabVendor } from "./provider.ts";

/** Of a simulated provider, what is said of it; all but the vendor may be left out. */
export type LabProviderSettings = Partial<Omit<LabProvider, "name">> & {
  readonly vendor: LabVendor;
};

const usual = {
  qwen: { model: "qwen-flash", contextWindow: 129_024, maxOutputTokens: 32_768 },
  deepseek: { model: "deepseek-flash", contextWindow: 1_048_565, maxOutputTokens: 393_216 },
  openai: { model: "gpt-5.4-mini", contextWindow: 400_000, maxOutputTokens: 128_000 },
} as const;

/** The key a simulated provider takes when none is set. */
export function labKey(vendor: LabVendor): string {
  return `sk-test-${vendor}`;
}

/** A provider with every setting that was left out. */
export function completeProvider(name: string, settings: LabProviderSettings): LabProvider {
  const { vendor } = settings;
  return {
    ...usual[vendor],
    key: labKey(vendor),
    retiredModels: retiredModels[vendor],
    models: null,
    reply: null,
    toolArguments: null,
    thoughtTokens: 160,
    deltaTokens: 3,
    latencyMs: 0,
    deltaMs: 0,
    ...settings,
    name,
  };
}
