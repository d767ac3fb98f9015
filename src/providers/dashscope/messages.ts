import type { ContentPart, Message } from "../../chat/request.ts";
import { isObject } from "../json.ts";

/** Messages in DashScope's native shape: plain text, or lists of parts on the multimodal path. */
export function nativeMessages(
  messages: readonly Message[],
  multimodal: boolean,
): readonly Readonly<Record<string, unknown>>[] {
  return messages.map((message) => ({
    ...message,
    content: multimodal ? nativeParts(message.content) : plainText(message.content),
  }));
}

function nativeParts(content: Message["content"]): readonly unknown[] {
  if (typeof content === "string") return content === "" ? [] : [{ text: content }];
  return (content ?? []).map(nativePart);
}

function nativePart(part: ContentPart): unknown {
  const fields: Readonly<Record<string, unknown>> = part;
  if (part.type === "text") return { text: fields["text"] };
  if (part.type === "image_url") return { image: urlOf(fields["image_url"]) };
  if (part.type === "video_url") return { video: urlOf(fields["video_url"]) };
  return part;
}

function urlOf(place: unknown): unknown {
  return isObject(place) ? place["url"] : place;
}

function plainText(content: Message["content"]): string {
  if (typeof content === "string") return content;
  return (content ?? []).map((part) => ("text" in part ? String(part.text) : "")).join("");
}
