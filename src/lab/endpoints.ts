import type { LabProvider } from "./provider.ts";
import { isMultimodal } from "./models.ts";

/** Where a simulated provider is reached. */
export type LabEndpoints = {
  readonly origin: string;
  /** The one for the provider's own model: of Qwen, on a native path. */
  readonly endpoint: string;
  /** The rest is Qwen's; every other vendor has the same address in all of them. */
  readonly nativeEndpoint: string;
  readonly multimodalEndpoint: string;
  readonly compatibleEndpoint: string;
  readonly key: string;
  readonly model: string;
};

/** The addresses of a provider at this origin. */
export function endpointsOf(provider: LabProvider, origin: string): LabEndpoints {
  const { key, model, vendor } = provider;
  if (vendor !== "qwen") {
    const endpoint = `${origin}/v1/chat/completions`;
    return {
      ...{ origin, endpoint, key, model },
      nativeEndpoint: endpoint,
      multimodalEndpoint: endpoint,
      compatibleEndpoint: endpoint,
    };
  }
  const nativeEndpoint = `${origin}/api/v1/services/aigc/text-generation/generation`;
  const multimodalEndpoint = `${origin}/api/v1/services/aigc/multimodal-generation/generation`;
  return {
    ...{ origin, key, model, nativeEndpoint, multimodalEndpoint },
    endpoint: isMultimodal(model) ? multimodalEndpoint : nativeEndpoint,
    compatibleEndpoint: `${origin}/compatible-mode/v1/chat/completions`,
  };
}
