import type { Clock } from "../ports.ts";

/** An error body beyond this many bytes is not read further. */
const errorBodyMaxBytes = 256 * 1024;

/** The status has said what matters: an explanation that does not come is not waited for. */
const errorBodyMaxMs = 2_000;

/** The text of an error reply, as much of it as can matter and as came: a cut one still speaks. */
export async function readErrorText(
  body: AsyncIterable<Uint8Array>,
  clock: Clock,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const cancel = clock.setTimer(errorBodyMaxMs, resolve);
  async function read(): Promise<void> {
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
  }
  await Promise.race([read(), late]);
  cancel();
  return text + decoder.decode();
}
