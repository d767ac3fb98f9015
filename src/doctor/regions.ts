import type { Provider } from "../snapshot.ts";

type Region = { readonly host: RegExp; readonly name: string };

// help.aliyun.com/zh/model-studio/base-url
const regions: readonly Region[] = [
  { host: /^coding(-intl)?\.dashscope\.aliyuncs\.com$/, name: "the Coding Plan" },
  { host: /^token-plan\./, name: "the Token Plan" },
  { host: /^dashscope\.aliyuncs\.com$|\.cn-beijing\.maas\./, name: "China (Beijing)" },
  { host: /^dashscope-intl\.aliyuncs\.com$|\.ap-southeast-1\.maas\./, name: "Singapore" },
  { host: /^dashscope-us\.aliyuncs\.com$|\.us-east-1\.maas\./, name: "US (Virginia)" },
  { host: /^cn-hongkong\.dashscope\.|\.cn-hongkong\.maas\./, name: "China (Hong Kong)" },
  { host: /\.eu-central-1\.maas\./, name: "Germany (Frankfurt)" },
  { host: /\.ap-northeast-1\.maas\./, name: "Japan (Tokyo)" },
];

/** The region or plan whose keys a DashScope host takes; `null` for any other host. */
export function regionOf(endpoint: string): string | null {
  const { hostname } = new URL(endpoint);
  if (!hostname.endsWith(".aliyuncs.com")) return null;
  return regions.find(({ host }) => host.test(hostname))?.name ?? null;
}

/** Whether a key shows by its form that it belongs to another plan than the host's. */
export function isElsewhere({ endpoint, key }: Provider): boolean {
  const region = regionOf(endpoint);
  if (region === null || key === null) return false;
  const ofPlan = key.reveal().startsWith("sk-sp-");
  return region === "the Coding Plan" ? !ofPlan : ofPlan && region !== "the Token Plan";
}
