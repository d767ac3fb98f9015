import { UsageError } from "./usage-error.ts";

const longestBytes = 10_000_000;

/** The prompt: as given, else all of standard input without its last line break. */
export async function readPrompt(given: string | undefined, signal: AbortSignal): Promise<string> {
  if (given !== undefined) return given;
  const { stdin } = process;
  if (stdin.isTTY) {
    throw new UsageError('give a prompt, as in `standin generate "Say hello."`, or pipe one in.');
  }
  const stop = () => stdin.destroy(signal.reason as Error);
  signal.addEventListener("abort", stop, { once: true });
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of stdin as AsyncIterable<Uint8Array>) {
      parts.push(part);
      size += part.length;
      if (size > longestBytes) throw new UsageError("the prompt is longer than 10 MB.");
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
  const prompt = Buffer.concat(parts)
    .toString("utf8")
    .replace(/\r?\n$/u, "");
  if (prompt.trim() === "") throw new UsageError("the prompt on standard input is empty.");
  return prompt;
}
