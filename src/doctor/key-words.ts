import type { Provider } from "../snapshot.ts";
import type { Finding, Words } from "./finding.ts";
import { fileKey, marks, quote } from "./finding.ts";
import { regionOf } from "./regions.ts";

type KeyCause = "key" | "key_forbidden" | "key_elsewhere" | "credit";

/** What to say when a provider knows who asks, or should, and does not answer for that. */
export const keyWords: Readonly<Record<KeyCause, (finding: Finding) => Words>> = {
  key: (finding) => ({
    message: `The provider refused the key${marks(finding)}.`,
    advice: `Put a valid key into ${keyPlace(finding.provider)}.${region(finding.provider)}`,
  }),
  key_forbidden: (finding) => ({
    message: `The key is known, but may not do this${marks(finding)}.`,
    advice: isOfModel(finding)
      ? `Allow the key in ${keyPlace(finding.provider)} the model ${finding.provider.model} in ` +
        `the provider's console, or set ${fileKey(finding.provider, "model_name")} to one it ` +
        "may use."
      : "Look in the provider's console at what the workspace or project of the key in " +
        `${keyPlace(finding.provider)} may use, and whether the provider serves this country.`,
  }),
  key_elsewhere: (finding) => {
    const place = regionOf(finding.provider.endpoint) ?? "another plan";
    return {
      message: `The key is of another billing plan than the host, ${place}${marks(finding)}.`,
      advice:
        `Keys that begin with sk-sp- belong to coding.dashscope.aliyuncs.com: change ` +
        `${fileKey(finding.provider, "api_endpoint")}, or what stands in ` +
        `${keyPlace(finding.provider)}.`,
    };
  },
  credit: (finding) => ({
    message: `The account has no credit or quota left${marks(finding)}${quote(finding)}.`,
    advice:
      `${remedy(finding)}; until then write "enabled": false for ` +
      `providers.${finding.provider.name}, so that nobody waits for it.`,
  }),
};

function isOfModel({ failure }: Finding): boolean {
  return failure.scope === "key_model" || /model/i.test(failure.code ?? "");
}

/** Where a provider's key comes from, as a person would look for it. */
export function keyPlace(provider: Provider): string {
  const { keySource } = provider;
  return /^(variable|file) /.test(keySource) ? `the ${keySource}` : fileKey(provider, "api_key");
}

function region({ endpoint }: Provider): string {
  const name = regionOf(endpoint);
  if (name === null) return "";
  return ` A key of DashScope belongs to one region or plan, and this host takes those of ${name}.`;
}

// For one model of an account only where a mode of the console wants it so.
function remedy({ failure }: Finding): string {
  if (failure.scope === "account_model") {
    return "Turn off the free-tier-only mode in the provider's console, or pay for the model";
  }
  return "Top up the account, or look at its plan and limits in the provider's console";
}
