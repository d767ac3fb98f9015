import { completeProvider, labKey, type LabProviderSettings } from "./complete-provider.ts";
import type { LabProvider, LabVendor } from "./provider.ts";
import type { Script } from "./script.ts";

/** What a lab is to be; everything may be left out. */
export type LabSettings = {
  /** By names of your choice; left out, one of each vendor, named for it. */
  readonly providers?: Readonly<Record<string, LabProviderSettings>>;
  /** The key each vendor's providers take where they do not say so themselves. */
  readonly keys?: Partial<Readonly<Record<LabVendor, string>>>;
  /** Names a vendor no longer serves; an empty list brings all of them back. */
  readonly retiredModels?:
    | readonly string[]
    | Partial<Readonly<Record<LabVendor, readonly string[]>>>;
  /** What the first requests to a provider meet. */
  readonly scripts?: Readonly<Record<string, Script>>;
};

const one: Readonly<Record<string, LabProviderSettings>> = {
  qwen: { vendor: "qwen" },
  deepseek: { vendor: "deepseek" },
  openai: { vendor: "openai" },
};

/** The providers these settings describe, in their order. */
export function providersOf(settings: LabSettings): readonly LabProvider[] {
  const { retiredModels: retired } = settings;
  return Object.entries(settings.providers ?? one).map(([name, each]) => {
    const names = isList(retired) ? retired : retired?.[each.vendor];
    return completeProvider(name, {
      key: settings.keys?.[each.vendor] ?? labKey(each.vendor),
      ...(names === undefined ? {} : { retiredModels: names }),
      ...each,
    });
  });
}

function isList(value: LabSettings["retiredModels"]): value is readonly string[] {
  return Array.isArray(value);
}
