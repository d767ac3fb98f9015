import type { Protocol } from "../snapshot.ts";
import { isPrivateHost } from "./host.ts";
import { looksLikeKey } from "./show.ts";

/** What is wrong with a URL, in words that hold nothing of it. */
export type UrlFlaw = { readonly message: string; readonly hint: string };

const example = 'write it like "https://api.deepseek.com/v1/chat/completions"';

/** What keeps a text from being a provider's URL; `null` if it is one. It may hold a key. */
export function checkUrl(text: string): UrlFlaw | null {
  const url = URL.parse(text);
  if (url === null || /[\s\\]/u.test(text.trim()) || !/^https?:$/u.test(url.protocol)) {
    const bare = /^(?:[\w-]+\.)+[a-z]{2,}(?:[:/]|$)/iu.test(text.trim());
    const hint = bare ? "write https:// in front of it" : example;
    return { message: "must be a whole URL that begins with https://", hint };
  }
  if (url.username !== "" || url.password !== "") {
    return { message: "holds a user or a password", hint: "take it out: keys go into api_key" };
  }
  if ([...url.searchParams].some(([name, value]) => keyNames.test(name) || looksLikeKey(value))) {
    const hint = "take it out: URLs are logged on their way; keys go into api_key or headers";
    return { message: "holds a key in its query", hint };
  }
  if (url.pathname.split("/").some(looksLikeKey)) {
    return { message: "holds a key in its path", hint: "take it out: keys go into api_key" };
  }
  if (url.href.includes("#")) {
    return {
      message: "holds a fragment, which is never sent",
      hint: "take out the # and the rest",
    };
  }
  if (url.protocol === "http:" && !isPrivateHost(url.hostname)) {
    const hint = "write https://; plain http is for this machine and private networks";
    return { message: "would send the key unencrypted to a public host", hint };
  }
  return null;
}

const keyNames = /key|token|secret|passw|credential|auth|signature|^sig$|^pwd$/iu;

type Foreign = { readonly path: RegExp; readonly of: string; readonly instead: string };

const chatPath = "/v1/chat/completions";

const foreign: readonly Foreign[] = [
  { path: /\/messages\/*$/u, of: "anthropic", instead: chatPath },
  {
    path: /:(?:stream)?generateContent$/iu,
    of: "gemini",
    instead: "/v1beta/openai/chat/completions",
  },
  { path: /\/api\/(?:chat|generate)\/*$/u, of: "ollama", instead: chatPath },
  { path: /\/responses\/*$/u, of: "OpenAI's Responses", instead: chatPath },
  { path: /(?<!\/chat)\/completions\/*$/u, of: "OpenAI's old completions", instead: chatPath },
  { path: /\/embeddings\/*$/u, of: "embeddings", instead: chatPath },
];

/** What keeps a URL's path from being one of a protocol that is spoken; the URL is a good one. */
export function checkPath(text: string, protocol: Protocol | undefined): UrlFlaw | null {
  const { pathname } = new URL(text);
  const isNative = pathname.includes("/services/aigc/");
  const isChat = /\/chat\/completions\/*$/u.test(pathname);
  if ((protocol === "dashscope" && isChat) || (protocol === "openai_chat" && isNative)) {
    const message = `is a path of ${isChat ? "openai_chat" : "dashscope"}, but protocol is not`;
    return { message, hint: "take out protocol, or write the path that belongs to it" };
  }
  const other = protocol === undefined && foreign.find(({ path }) => path.test(pathname));
  if (other === false || other === undefined) return null;
  const message = `is an endpoint of ${other.of}, which this version does not speak`;
  return { message, hint: `the same host may have ${other.instead}` };
}
