import type { Protocol, Vendor } from "../snapshot.ts";
import { checkUrl } from "./check-url.ts";
import type { NamedProvider } from "./parse.ts";
import type { Finding } from "./problem.ts";
import { error } from "./problem.ts";

/** What is known of the place a provider's requests go to. */
export type Endpoint = {
  readonly url: string;
  readonly protocol: Protocol;
  readonly vendor: Vendor;
  /** In tokens; `null`: not known. */
  readonly contextWindow: number | null;
  /** The variables that usually hold a key for this place. */
  readonly keyVariables: readonly string[];
};

/** Completes a provider's endpoint, and tells what is wrong with it or with its model. */
export function resolveEndpoint(provider: NamedProvider): {
  readonly endpoint: Endpoint;
  readonly findings: readonly Finding[];
} {
  const path = ["providers", provider.name, "api_endpoint"];
  const flaw = checkUrl(provider.api_endpoint);
  const url = flaw === null ? provider.api_endpoint : "https://unknown.invalid/";
  const native = /\/api\/v1\/services\//u.test(url);
  const qwen = url.includes("aliyuncs.com");
  const vendor =
    provider.vendor ?? (qwen ? "qwen" : url.includes("deepseek") ? "deepseek" : "openai");
  const endpoint = {
    url,
    protocol: provider.protocol ?? (native ? "dashscope" : "openai_chat"),
    vendor,
    contextWindow: null,
    keyVariables:
      vendor === "qwen" ? ["DASHSCOPE_API_KEY"] : vendor === "deepseek" ? ["DEEPSEEK_API_KEY"] : [],
  } as const;
  return { endpoint, findings: flaw === null ? [] : [error(path, flaw.message, flaw.hint)] };
}
