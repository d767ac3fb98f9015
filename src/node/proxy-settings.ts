import { BlockList, isIP, isIPv6 } from "node:net";
import type { Environment } from "../ports.ts";

/** Which requests go through which proxy; empty texts are settings that were not made. */
export type ProxySettings = {
  /** For `https:` URLs: the proxy's own URL, which may hold user and password. */
  readonly https: string;
  readonly http: string;
  /** Hosts that are asked without: names with all below them, addresses, ranges, `*`; `:port`. */
  readonly except: string;
  /** Whether even this machine's own addresses go through a proxy: for tests. */
  readonly loopback: boolean;
};

/** The proxies that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name; the lower-case names come first. */
export function proxySettings(environment: Environment): ProxySettings {
  const either = (name: string): string =>
    environment.get(name.toLowerCase())?.trim() || environment.get(name)?.trim() || "";
  return {
    https: either("HTTPS_PROXY"),
    http: either("HTTP_PROXY"),
    except: either("NO_PROXY"),
    loopback: false,
  };
}

/** The proxy as written that a URL is asked through; `null`: it is asked directly. */
export function proxyFor(url: URL, settings: ProxySettings): string | null {
  const proxy = url.protocol === "https:" ? settings.https : settings.http;
  if (proxy === "") return null;
  const host = bare(url.hostname);
  if (isLoopback(host) && !settings.loopback) return null;
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  const entries = settings.except.split(/[\s,]+/u).filter((entry) => entry !== "");
  return entries.some((entry) => isExcepted(entry, host, port)) ? null : proxy;
}

function isExcepted(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const found = /^(.+?)(?::(\d+))?$/u.exec(entry);
  // An address of IPv6 is all colons: a port stands after its brackets only.
  const plain = isIPv6(entry) || found === null;
  const [name, only] = plain ? [entry, undefined] : [found[1] ?? "", found[2]];
  if (only !== undefined && only !== port) return false;
  if (name.includes("/")) return isInRange(name, host);
  const domain = bare(name.replace(/^\*?\./u, ""));
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
}

function isInRange(range: string, host: string): boolean {
  const [network = "", bits = ""] = range.split("/");
  const version = isIP(bare(network));
  if (version === 0 || isIP(host) !== version) return false;
  const family = version === 6 ? "ipv6" : "ipv4";
  const prefix = Number(bits);
  if (!/^\d{1,3}$/u.test(bits) || prefix > (version === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(bare(network), prefix, family);
  return list.check(host, family);
}

// As names are compared: without brackets, in small letters, without the dot of the root.
function bare(hostname: string): string {
  return hostname
    .replace(/^\[|\]$/gu, "")
    .toLowerCase()
    .replace(/\.$/u, "");
}

function isLoopback(host: string): boolean {
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "::1" ||
    host.startsWith("::ffff:7f") ||
    (isIP(host) === 4 && /^(127\.|0\.0\.0\.0$)/u.test(host))
  );
}
