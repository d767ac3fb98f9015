import type { Protocol } from "../snapshot.ts";
import { seesImages } from "./adapt/images.ts";
import type { Codec } from "./codec.ts";
import { decoder as decodeDashscope } from "./dashscope/decode.ts";
import {
  encode as encodeDashscope,
  takesImages as dashscopeTakesImages,
} from "./dashscope/encode.ts";
import { decoder as decodeChat } from "./openai-chat/decode.ts";
import { encode as encodeChat } from "./openai-chat/encode.ts";

const codecs: Readonly<Record<Protocol, Codec>> = {
  openai_chat: { encode: encodeChat, decoder: decodeChat, takesImages: seesImages },
  dashscope: {
    encode: encodeDashscope,
    decoder: decodeDashscope,
    takesImages: dashscopeTakesImages,
  },
};

/** How a wire format is spoken. */
export function codecFor(protocol: Protocol): Codec {
  return codecs[protocol];
}
