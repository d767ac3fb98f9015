import type { ChatRequest } from "../../chat/request.ts";
import type { Failure } from "../../failure.ts";
import type { Provider } from "../../snapshot.ts";
import { adapt } from "../adapt/adapt.ts";
import type { Draft } from "../adapt/draft.ts";
import { seesImages } from "../adapt/images.ts";
import { unasked } from "../adapt/extra-body.ts";
import { isPlain } from "../adapt/messages.ts";
import { askedThinking } from "../adapt/thinking.ts";
import type { Encoded } from "../codec.ts";
import { isObject } from "../json.ts";
import { outgoing } from "../outgoing.ts";
import { nativeMessages } from "./messages.ts";

/** A request in DashScope's native format. */
export function encode(
  request: ChatRequest,
  provider: Provider,
  wanted: boolean,
): Encoded | Failure {
  const draft = adapt(request, provider);
  if ("kind" in draft) return draft;
  const multimodal = isMultimodal(provider);
  if (!multimodal && !draft.messages.every(isPlain)) {
    return {
      kind: "bad_request",
      message: "DashScope's text path takes text only; use a model of the multimodal family.",
    };
  }
  const stream = wanted || draft.model.streamOnly.includes(askedThinking(draft));
  dropForeignFields(draft);
  adaptToolChoice(draft);
  const { parameters: moreParameters, ...more } = unasked(provider.extraBody, request);
  const body = {
    model: provider.model,
    input: { messages: nativeMessages(draft.messages, multimodal) },
    parameters: {
      ...draft.fields,
      result_format: "message",
      ...(stream && { incremental_output: true }),
      ...more,
      ...(isObject(moreParameters) && unasked(moreParameters, request)),
    },
  };
  return outgoing(provider, body, stream, draft.adaptations);
}

/** Whether a provider's path and its model both take images. */
export function takesImages(provider: Provider): boolean {
  return isMultimodal(provider) && seesImages(provider);
}

function isMultimodal({ endpoint }: Provider): boolean {
  return endpoint.includes("/multimodal-generation/");
}

// What OpenAI's format has and the native one has not.
const foreign = [
  ...["frequency_penalty", "logit_bias", "user", "metadata", "store", "service_tier"],
  ...["stream_options", "prediction", "modalities", "audio", "verbosity", "web_search_options"],
  ...["prompt_cache_key", "prompt_cache_retention", "safety_identifier", "functions"],
  ...["function_call"],
];

function dropForeignFields({ fields, adaptations }: Draft): void {
  for (const name of foreign) {
    if (fields[name] === undefined) continue;
    delete fields[name];
    adaptations.push(`${name} was left out: DashScope's own format does not have it.`);
  }
}

function adaptToolChoice({ fields, adaptations }: Draft): void {
  if (fields["tool_choice"] !== "required") return;
  const tools: readonly unknown[] = Array.isArray(fields["tools"]) ? fields["tools"] : [];
  const [only] = tools;
  const named = isObject(only) && isObject(only["function"]) ? only["function"]["name"] : null;
  const forced = tools.length === 1 && typeof named === "string";
  fields["tool_choice"] = forced ? { type: "function", function: { name: named } } : "auto";
  adaptations.push(
    forced
      ? `tool_choice required was sent as the one tool there is, ${named}.`
      : "tool_choice required was sent as auto: DashScope's own format cannot require any tool.",
  );
}
