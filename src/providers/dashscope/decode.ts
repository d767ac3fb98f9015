import type { Provider } from "../../snapshot.ts";
import { createAnswerDecoder } from "../answer-decoder.ts";
import type { Decoder, DecoderContext } from "../codec.ts";
import type { Json } from "../json.ts";
import { isObject } from "../json.ts";

/** Decodes one reply in DashScope's native format, of result format `message` or `text`. */
export function decoder(provider: Provider, context: DecoderContext): Decoder {
  return createAnswerDecoder({ choice, endMark: "close" }, provider, context);
}

function choice({ output }: Json, whole: boolean): Json | null | undefined {
  if (!isObject(output)) return undefined;
  const { choices, text } = output;
  if (Array.isArray(choices)) {
    const first: unknown = choices[0];
    if (first === undefined && !whole) return null;
    return isObject(first) ? first : undefined;
  }
  if (typeof text !== "string") return undefined;
  return { message: { content: text }, finish_reason: output["finish_reason"] };
}
