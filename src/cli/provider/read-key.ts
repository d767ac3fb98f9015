import { UsageError } from "../usage-error.ts";

const longestBytes = 16_384;

/** The key in standard input: one line, which no shell's history has. */
export async function readKey(signal: AbortSignal): Promise<string> {
  const { stdin } = process;
  if (stdin.isTTY) {
    throw new UsageError("pipe the key in, as in `standin provider add … --key - < key.txt`.");
  }
  const stop = () => stdin.destroy(signal.reason as Error);
  signal.addEventListener("abort", stop, { once: true });
  let text = "";
  try {
    for await (const part of stdin.setEncoding("utf8") as AsyncIterable<string>) {
      text += part;
      if (text.length > longestBytes) throw new UsageError("that is too long to be a key.");
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
  const key = text.trim();
  if (key === "") throw new UsageError("the key on standard input is empty.");
  return key;
}
