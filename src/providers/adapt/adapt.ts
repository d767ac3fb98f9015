import type { ChatRequest } from "../../chat/request.ts";
import type { Failure } from "../../failure.ts";
import type { Provider } from "../../snapshot.ts";
import type { Draft } from "./draft.ts";
import { draftOf } from "./draft.ts";
import { seesImages } from "./images.ts";
import { adaptReasoningHistory, adaptRoles, holdsMedia } from "./messages.ts";
import { adaptResponseFormat } from "./response-format.ts";
import { freeToolChoice, limitSampling } from "./sampling.ts";
import { setThinking } from "./thinking.ts";
import { nameTokenLimit } from "./tokens.ts";

/** Fits a request to what the provider's vendor and model take, whatever the wire format. */
export function adapt(request: ChatRequest, provider: Provider): Draft | Failure {
  const draft = draftOf(request, provider);
  if (!seesImages(provider) && draft.messages.some(holdsMedia)) {
    return {
      kind: "bad_request",
      message: `${provider.model} reads text only; send the images to a model that sees them.`,
    };
  }
  setThinking(draft);
  adaptRoles(draft);
  adaptResponseFormat(draft);
  adaptReasoningHistory(draft);
  freeToolChoice(draft);
  limitSampling(draft, request);
  nameTokenLimit(draft, request);
  return draft;
}
