const token = /\s*(?:\p{Script=Han}|[\p{L}\p{N}]+|\S)|\s+/gu;

/** The text cut into the lab's tokens: words, signs and Chinese characters. Joined, they are it. */
export function tokens(text: string): readonly string[] {
  return text.match(token) ?? [];
}
