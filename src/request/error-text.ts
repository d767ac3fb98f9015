/** An error body beyond this many bytes is not read further. */
const errorBodyMaxBytes = 256 * 1024;

/** The text of an error reply, as much of it as can matter and as came: a cut one still speaks. */
export async function readErrorText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  try {
    for await (const bytes of body) {
      text += decoder.decode(bytes, { stream: true });
      size += bytes.length;
      if (size >= errorBodyMaxBytes) break;
    }
  } catch {
    // The status alone says more than the reason why its explanation was cut.
  }
  return text + decoder.decode();
}
