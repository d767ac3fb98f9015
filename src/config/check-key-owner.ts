import {
  describeEndpoint,
  hostKeyVariables,
  hostQuirks,
  usualKeyVariables,
} from "../providers/catalogue.ts";
import type { Resolved } from "./compile-provider.ts";
import type { Finding } from "./problem.ts";
import { warning } from "./problem.ts";
import { readReference } from "./reference.ts";
import { vendors } from "./spoken.ts";

/** How the keys of some vendors begin, and the hosts that take them. */
const beginnings: readonly (readonly [RegExp, owner: string, hosts: RegExp])[] = [
  [/^sk-ant-/u, "Anthropic", /(?:^|\.)anthropic\.com$/u],
  [/^sk-or-/u, "OpenRouter", /(?:^|\.)openrouter\.ai$/u],
  [/^sk-(?:proj|svcacct|admin)-/u, "OpenAI", /(?:^|\.)openai\.com$/u],
  [/^AIza/u, "Google", /(?:^|\.)googleapis\.com$/u],
  [/^gsk_/u, "Groq", /(?:^|\.)groq\.com$/u],
  [/^xai-/u, "xAI", /(?:^|\.)x\.ai$/u],
  [/^hf_/u, "Hugging Face", /(?:^|\.)(?:huggingface\.co|hf\.space)$/u],
  [/^nvapi-/u, "NVIDIA", /(?:^|\.)nvidia\.com$/u],
  [/^pplx-/u, "Perplexity", /(?:^|\.)perplexity\.ai$/u],
];

/** Whether a key is sent to somebody whose it cannot be; hosts that nobody knows may relay it. */
export function checkKeyOwner(provider: Resolved): readonly Finding[] {
  const finding = checkVariable(provider) ?? checkBeginning(provider);
  return finding === null ? [] : [finding];
}

function checkVariable({ settings, endpoint }: Resolved): Finding | null {
  const reference = readReference(settings.api_key);
  if (reference.from !== "variable" || !isKnownHost(endpoint.url)) return null;
  const { name } = reference;
  const own = hostKeyVariables(endpoint.url);
  const owners = vendors.filter((vendor) => usualKeyVariables(vendor).includes(name));
  // Who hosts a vendor's models may well be given its name.
  const isNamed = owners.includes(describeEndpoint(endpoint.url).vendor);
  if (owners.length === 0 || isNamed) return null;
  const { hostname } = new URL(endpoint.url);
  const message = `${name} is usually ${owners.join(" or ")}'s key, and it goes to ${hostname}`;
  const hint = `write "env:${own[0] ?? "NAME"}", or mend api_endpoint`;
  return warning(["providers", settings.name, "api_key"], message, hint);
}

function checkBeginning({ settings, endpoint, secrets }: Resolved): Finding | null {
  const key = secrets.key?.reveal() ?? "";
  const owner = beginnings.find(([beginning]) => beginning.test(key));
  const { hostname } = new URL(endpoint.url);
  const isVendor =
    isKnownHost(endpoint.url) || beginnings.some(([, , hosts]) => hosts.test(hostname));
  if (owner === undefined || owner[2].test(hostname) || !isVendor) return null;
  const message = `the key looks like one of ${owner[1]}'s, and ${hostname} will not take it`;
  const hint = "put this vendor's own key there, or mend api_endpoint";
  return warning(["providers", settings.name, "api_key"], message, hint);
}

function isKnownHost(url: string): boolean {
  return hostQuirks(url) !== hostQuirks("");
}
