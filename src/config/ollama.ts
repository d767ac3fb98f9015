import { hostQuirks } from "../providers/catalogue.ts";
import type { ProviderSettings } from "./schema.ts";

/** Where Ollama listens if nobody says otherwise. */
const usualPort = "11434";

/**
 * The address at which the server behind one of Ollama's own paths is asked as OpenAI is;
 * `null`: the URL is none of these.
 */
export function besideOllamaPath(
  text: string,
  type: ProviderSettings["provider_type"],
): string | null {
  const url = URL.parse(text);
  if (url === null || hostQuirks(text) !== hostQuirks("")) return null;
  if (type !== "ollama" && type !== "local" && url.port !== usualPort) return null;
  const before = /^(.*?)\/api(?:\/(?:chat|generate))?\/*$/u.exec(url.pathname)?.[1];
  if (before === undefined) return null;
  url.pathname = `${before}/v1/chat/completions`;
  return url.href;
}
