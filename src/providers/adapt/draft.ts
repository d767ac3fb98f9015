import type { ChatRequest, Message } from "../../chat/request.ts";
import type { Provider } from "../../snapshot.ts";
import type { HostRow, ModelFacts, VendorFacts } from "../catalogue.ts";
import { hostQuirks, modelFacts, vendorFacts } from "../catalogue.ts";

/** A request on its way to a provider's shape; each adaptation changes it and says so. */
export type Draft = {
  messages: readonly Message[];
  /** Every other field of the body, by its name in OpenAI's format. */
  readonly fields: Record<string, unknown>;
  /** What was mapped or dropped, a sentence each. */
  readonly adaptations: string[];
  readonly provider: Provider;
  readonly host: HostRow;
  readonly vendor: VendorFacts;
  readonly model: ModelFacts;
};

/** The request as the caller wrote it, with the provider's own settings where it says nothing. */
export function draftOf(request: ChatRequest, provider: Provider): Draft {
  const { messages, ...rest } = request;
  const fields: Record<string, unknown> = rest;
  // A stream is asked for by the call, and `n` can only be 1.
  delete fields["stream"];
  delete fields["n"];
  if (fields["temperature"] === undefined) fields["temperature"] = provider.temperature;
  if (fields["temperature"] === null) delete fields["temperature"];
  if (fields["max_tokens"] === undefined && fields["max_completion_tokens"] === undefined) {
    fields["max_tokens"] = provider.maxTokens;
  }
  if (fields["max_tokens"] === null) delete fields["max_tokens"];
  return {
    messages,
    fields,
    adaptations: [],
    provider,
    host: hostQuirks(provider.endpoint),
    vendor: vendorFacts(provider.vendor),
    model: modelFacts(provider.vendor, provider.model),
  };
}
