import { isPrivateHost } from "./host.ts";

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
  if ([...url.searchParams.keys()].some((name) => keyNames.test(name))) {
    const hint = "take it out: URLs are logged on their way; keys go into api_key or headers";
    return { message: "holds a key in its query", hint };
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
