import type { ChatRequest } from "../../chat/request.ts";
import type { Failure } from "../../failure.ts";
import type { Provider } from "../../snapshot.ts";
import { adapt } from "../adapt/adapt.ts";
import type { Draft } from "../adapt/draft.ts";
import { askedThinking } from "../adapt/thinking.ts";
import type { Encoded } from "../codec.ts";
import { isObject } from "../json.ts";
import { unasked } from "../adapt/extra-body.ts";
import { outgoing } from "../outgoing.ts";

/** A request in OpenAI's chat format. */
export function encode(
  request: ChatRequest,
  provider: Provider,
  wanted: boolean,
): Encoded | Failure {
  const draft = adapt(request, provider);
  if ("kind" in draft) return draft;
  const stream = wanted || draft.model.streamOnly.includes(askedThinking(draft));
  setStreamOptions(draft, stream);
  const { messages, fields, adaptations } = draft;
  const extra = unasked(provider.extraBody, request);
  const body = { model: provider.model, messages, stream, ...fields, ...extra };
  return outgoing(provider, body, stream, adaptations);
}

function setStreamOptions({ fields, adaptations }: Draft, stream: boolean): void {
  const asked = fields["stream_options"];
  if (stream) {
    fields["stream_options"] = { ...(isObject(asked) && asked), include_usage: true };
  } else if (asked !== undefined) {
    delete fields["stream_options"];
    adaptations.push("stream_options was left out: the answer is asked for as a whole.");
  }
}
