/** Whether a text begins with a mark of its byte order, as some editors write it. */
export function hasMark(input: string | Uint8Array): boolean {
  if (typeof input === "string") return input.startsWith("\uFEFF");
  return input[0] === 0xef && input[1] === 0xbb && input[2] === 0xbf;
}
