import {
  completeEndpoint,
  contextWindowOf,
  describeEndpoint,
  hostKeyVariables,
  hostQuirks,
  modelFacts,
  usualKeyVariables,
} from "../providers/catalogue.ts";
import type { Protocol, Thinking, Vendor } from "../snapshot.ts";
import { checkModel } from "./check-model.ts";
import { checkPath, checkUrl } from "./check-url.ts";
import { isPrivateHost, isThisMachine } from "./host.ts";
import type { NamedProvider } from "./config.ts";
import { besideOllamaPath } from "./ollama.ts";
import type { Finding } from "./problem.ts";
import { error, warning } from "./problem.ts";
import { standIns } from "./mend.ts";

/** What is known of the place a provider's requests go to, and of the model there. */
export type Endpoint = {
  readonly url: string;
  readonly protocol: Protocol;
  readonly vendor: Vendor;
  /** In tokens; `null`: not known. */
  readonly contextWindow: number | null;
  readonly thinking: Thinking;
  /** The variables whose key may go to this place when the file has only a placeholder. */
  readonly keyVariables: readonly string[];
};

/** Completes a provider's endpoint, and tells what is wrong with it or, today, with its model. */
export function resolveEndpoint(
  provider: NamedProvider,
  today: string | null,
): { readonly endpoint: Endpoint; readonly findings: readonly Finding[] } {
  const { model_name: model, name } = provider;
  const path = ["providers", name, "api_endpoint"];
  const typed = provider.api_endpoint.trim();
  const beside = checkUrl(typed) === null ? besideOllamaPath(typed, provider.provider_type) : null;
  const written = beside ?? typed;
  const flaw = checkUrl(written) ?? checkPath(written, provider.protocol);
  const given = flaw === null ? written : standIns.api_endpoint;
  const described = describeEndpoint(given);
  const protocol = provider.protocol ?? described.protocol;
  const vendor = provider.vendor ?? vendorAt(given, protocol, described.vendor);
  const { url, remark } = completeEndpoint(given, model, protocol);
  const facts = modelFacts(vendor, model);
  const endpoint = {
    url: new URL(url).href,
    protocol,
    vendor,
    contextWindow: contextWindowOf(vendor, model),
    thinking: provider.thinking ?? (facts.thinking === null ? "vendor" : "off"),
    keyVariables: keyVariablesAt(given, vendor, provider.vendor !== undefined),
  };
  const findings = [
    ...(flaw === null ? [] : [error(path, flaw.message, flaw.hint)]),
    ...(beside === null ? [] : [warning(path, ownPath, `write ${beside}`)]),
    ...(flaw === null ? checkType(provider, new URL(url).hostname) : []),
    ...(remark === null ? [] : [warning(path, asPart(remark), `write ${url}`)]),
    ...checkModel(provider, endpoint, today),
  ];
  return { endpoint, findings };
}

// A sentence as the middle of one.
function asPart(remark: string): string {
  return remark.replace(/\.$/u, "").replace(/^The /u, "the ");
}

const ownPath =
  "is a path of Ollama's own: the same server is asked where it speaks as OpenAI does";

function checkType({ name, provider_type }: NamedProvider, host: string): readonly Finding[] {
  if (provider_type !== "local" || isThisMachine(host)) return [];
  const message = "is not this machine: a route that is local_only does not ask it";
  const hint = 'write its address on this machine, or "ollama" or "cloud" here';
  return [warning(["providers", name, "provider_type"], message, hint)];
}

function isKnownHost(url: string): boolean {
  return hostQuirks(url) !== hostQuirks("");
}

function vendorAt(url: string, protocol: Protocol, described: Vendor): Vendor {
  return protocol === "dashscope" && !isKnownHost(url) ? "qwen" : described;
}

// A key of a vendor goes to the vendor's own hosts, or within the house: nowhere else unasked.
function keyVariablesAt(url: string, vendor: Vendor, isStated: boolean): readonly string[] {
  if (isKnownHost(url)) return hostKeyVariables(url);
  const isEvident = isStated || vendor !== hostQuirks("").vendor;
  return isEvident && isPrivateHost(new URL(url).hostname) ? usualKeyVariables(vendor) : [];
}
