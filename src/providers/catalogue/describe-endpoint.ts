import type { Protocol, Vendor } from "../../snapshot.ts";
import type { HostRow } from "./hosts.ts";
import { hosts, pathEvidence, unknownHost } from "./hosts.ts";
import { remember } from "./remember.ts";
import { usualKeyVariables } from "./vendor-facts.ts";

/** The protocol and the vendor of a URL: from its host, else from its path. */
export function describeEndpoint(url: string): {
  readonly protocol: Protocol;
  readonly vendor: Vendor;
} {
  const parsed = URL.parse(url);
  if (parsed === null) return { protocol: "openai_chat", vendor: unknownHost.vendor };
  const row = hostRow(parsed.hostname);
  const path = parsed.pathname;
  const protocol = protocolOf(row, path);
  if (row !== unknownHost) return { protocol, vendor: row.vendor };
  const shown = pathEvidence.find((evidence) => evidence.path.test(path));
  return { protocol, vendor: shown?.vendor ?? (protocol === "dashscope" ? "qwen" : row.vendor) };
}

/** How the host of a URL is spoken to; unknown hosts are asked in the most widely known way. */
export const hostQuirks = remember((url): HostRow => hostRow(URL.parse(url)?.hostname ?? ""));

/** The environment variables that usually hold the key for a known host; none for another. */
export function hostKeyVariables(url: string): readonly string[] {
  const row = hostQuirks(url);
  if (row === unknownHost) return [];
  return row.keyVariables ?? usualKeyVariables(row.vendor);
}

/** The row of the catalogue for a host. */
export function hostRow(hostname: string): HostRow {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  return hosts.find(({ host }) => host.test(name)) ?? unknownHost;
}

function protocolOf(row: HostRow, path: string): Protocol {
  if (path.includes("/services/aigc/")) return "dashscope";
  if (/^\/*$/.test(path)) return row.bare.protocol;
  const native = row.bare.protocol === "dashscope" && /^\/api(\/v1)?\/*$/.test(path);
  return native ? "dashscope" : "openai_chat";
}
