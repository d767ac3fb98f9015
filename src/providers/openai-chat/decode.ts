import type { Provider } from "../../snapshot.ts";
import { createAnswerDecoder } from "../answer-decoder.ts";
import { hostQuirks } from "../catalogue.ts";
import type { Decoder, DecoderContext } from "../codec.ts";
import type { Json } from "../json.ts";
import { isObject } from "../json.ts";

/** Decodes one reply in OpenAI's chat format. */
export function decoder(provider: Provider, context: DecoderContext): Decoder {
  const endMark = hostQuirks(provider.endpoint).endMark === "done" ? "done" : "close";
  return createAnswerDecoder({ choice, endMark }, provider, context);
}

function choice({ choices }: Json, whole: boolean): Json | null | undefined {
  if (!Array.isArray(choices)) return undefined;
  // A chunk without choices carries usage, or what a filter thought of the prompt.
  if (choices.length === 0) return whole ? undefined : null;
  const first: unknown = choices[0];
  return isObject(first) ? first : undefined;
}
