import { knownModels, retirement } from "../providers/catalogue.ts";
import type { Retirement } from "../providers/catalogue.ts";
import { isObject, parseJson } from "../providers/json.ts";
import { nearest } from "../nearest.ts";
import type { Clock, HttpRequest, Transport } from "../ports.ts";
import type { Provider } from "../snapshot.ts";

/** What is known of the names of a provider's models. */
export type Names = {
  /** The name most like the one that is unknown; `null`: none is like it. */
  readonly nearest: string | null;
  readonly retired: Retirement | null;
  readonly all: readonly string[];
  /** Whether the provider itself said them, just now. */
  readonly listed: boolean;
};

/** What asking for the list is done with. */
export type Asking = {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The headers that the provider is asked with. */
  readonly headers: Readonly<Record<string, string>>;
};

/** A list is of little use late: it is waited for so long, in milliseconds. */
const listMaxMs = 5_000;

const listMaxBytes = 4 * 1024 * 1024;

/** The names a provider has, from its own free list where it gives one; never rejects. */
export async function findNames(provider: Provider, asking: Asking): Promise<Names> {
  const { vendor, model } = provider;
  const list = await askForList(provider, asking);
  const all = list ?? knownModels(vendor);
  const others = all.filter((name) => name !== model);
  const gone = retirement(vendor, model);
  const retired = gone !== null && (list?.includes(gone.replacement) ?? true) ? gone : null;
  return { nearest: nearest(model, others), retired, all, listed: list !== null };
}

async function askForList(provider: Provider, asking: Asking): Promise<readonly string[] | null> {
  const { transport, clock } = asking;
  const url = listUrl(provider);
  if (url === null) return null;
  const late = new AbortController();
  const cancel = clock.setTimer(listMaxMs, () => late.abort(new Error("The list came too late.")));
  const signal = AbortSignal.any([asking.signal, late.signal]);
  const { "content-type": _, "x-dashscope-sse": _sse, ...rest } = asking.headers;
  const headers = { ...rest, accept: "application/json" };
  const request: HttpRequest = { method: "GET", url, headers, body: "" };
  try {
    const { status, body } = await transport.send(request, { signal, connected: () => {} });
    return status === 200 ? readList(await textOf(body)) : null;
  } catch {
    // No list is no news: the names known here stand in.
    return null;
  } finally {
    cancel();
  }
}

// DashScope's own format has no list; its compatible mode, at the same host, has.
function listUrl({ endpoint, protocol }: Provider): string | null {
  if (protocol === "dashscope") return `${new URL(endpoint).origin}/compatible-mode/v1/models`;
  const url = new URL(endpoint);
  if (!url.pathname.endsWith("/chat/completions")) return null;
  url.pathname = url.pathname.replace(/\/chat\/completions$/, "/models");
  return url.href;
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > listMaxBytes) break;
  }
  return text;
}

function readList(text: string): readonly string[] | null {
  const value = parseJson(text);
  const data: unknown = isObject(value) ? value["data"] : undefined;
  if (!Array.isArray(data)) return null;
  const ids = data.map((one: unknown) => (isObject(one) ? one["id"] : undefined));
  const names = ids.filter((id) => typeof id === "string").filter(isName);
  return names.length === 0 ? null : names;
}

// What could be written into a terminal and a file without harm.
function isName(id: string): boolean {
  return /^[\w./:@+-]{1,120}$/.test(id);
}
