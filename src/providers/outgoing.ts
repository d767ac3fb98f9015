import type { Provider } from "../snapshot.ts";
import { hostQuirks } from "./catalogue.ts";
import type { Encoded } from "./codec.ts";

/** How the program names itself to a provider. */
export const userAgent = "standin/0.1.0";

/** A body made into a request to a provider: its text, headers and adaptations. */
export function outgoing(
  provider: Provider,
  body: Readonly<Record<string, unknown>>,
  stream: boolean,
  adaptations: readonly string[],
): Encoded {
  const { text, mended } = wellFormedJson(body);
  return {
    url: provider.endpoint,
    headers: headersOf(provider, stream),
    body: text,
    stream,
    adaptations: mended
      ? [...adaptations, "Text that was not well-formed Unicode was mended with U+FFFD."]
      : adaptations,
  };
}

function headersOf(provider: Provider, stream: boolean): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    accept: stream ? "text/event-stream" : "application/json",
    "accept-encoding": "identity",
    "user-agent": userAgent,
  };
  if (provider.protocol === "dashscope" && stream) headers["x-dashscope-sse"] = "enable";
  if (provider.key !== null) {
    const key = provider.key.reveal();
    const name = hostQuirks(provider.endpoint).keyHeader;
    headers[name] = name === "authorization" ? `Bearer ${key}` : key;
  }
  for (const [name, value] of Object.entries(provider.headers)) {
    headers[name.toLowerCase()] = value.reveal();
  }
  return headers;
}

// JSON.stringify writes a lone surrogate as an escape, which many servers refuse.
const loneSurrogate = /\\ud[89a-f][\da-f]{2}/;

function wellFormedJson(body: unknown): { readonly text: string; readonly mended: boolean } {
  const text = JSON.stringify(body);
  if (!loneSurrogate.test(text)) return { text, mended: false };
  const mended = JSON.stringify(body, (_name, value: unknown) =>
    typeof value === "string" ? value.toWellFormed() : value,
  );
  return { text: mended, mended: mended !== text };
}
