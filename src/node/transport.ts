import { Pool } from "undici";
import type { HttpRequest, HttpResponse, Transport } from "../ports.ts";
import type { Way } from "./exchange.ts";
import { exchange } from "./exchange.ts";
import type { ProxySettings } from "./proxy-settings.ts";
import { proxyFor } from "./proxy-settings.ts";
import { createProxy } from "./proxy.ts";
import { createTunnel } from "./proxy-tunnel.ts";

/** Longer than any connect timer of ours by default; ends connections nobody waits for. */
const connectTimeoutMs = 30_000;

/** The connections to one origin, direct or through its proxy. */
type Line = { readonly way: Way; close(): Promise<void>; destroy(): Promise<void> };

type Target = { readonly line: Line; readonly path: string };

/**
 * HTTP/1.1 over undici: one pool for each origin, no retries and no timers but for connecting.
 * Without settings nothing goes through a proxy.
 */
export function createTransport(proxies: ProxySettings | null = null): Transport {
  const lines = new Map<string, Line>();
  // By URL; as many as a configuration has endpoints, and forgotten with it.
  const targets = new Map<string, Target>();
  // To origins that are gone, of requests that began before.
  const passing = new Set<Line>();
  let retained: ReadonlySet<string> | null = null;

  function targetOf(url: string): Target {
    const known = targets.get(url);
    if (known !== undefined) return known;
    const { origin, pathname, search } = new URL(url);
    const target = { line: lineTo(origin), path: pathname + search };
    if (!passing.has(target.line)) targets.set(url, target);
    return target;
  }

  function lineTo(origin: string): Line {
    const known = lines.get(origin);
    if (known !== undefined) return known;
    const proxy = proxies === null ? null : proxyFor(new URL(origin), proxies);
    const line = proxy === null ? directLine(origin) : proxiedLine(origin, proxy);
    if (retained === null || retained.has(origin)) lines.set(origin, line);
    else passing.add(line);
    return line;
  }

  // Waits for the exchanges in flight; how it ends concerns nobody any more.
  function closeAfterUse(line: Line): void {
    const forget = (): void => void passing.delete(line);
    line.close().then(forget, forget);
  }

  return {
    async send(request: HttpRequest, options): Promise<HttpResponse> {
      options.signal.throwIfAborted();
      const { line, path } = targetOf(request.url);
      const response = exchange(line.way, path, request, options);
      if (passing.has(line)) closeAfterUse(line);
      return response;
    },
    retain(origins) {
      retained = origins;
      targets.clear();
      for (const [origin, line] of lines) {
        if (origins.has(origin)) continue;
        lines.delete(origin);
        passing.add(line);
        closeAfterUse(line);
      }
    },
    async close() {
      const ending = [...lines.values(), ...passing];
      targets.clear();
      lines.clear();
      await Promise.all(ending.map((line) => line.destroy()));
    },
  };
}

const ownTimers = { allowH2: false, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 } as const;

function directLine(origin: string): Line {
  const pool = new Pool(origin, { ...ownTimers, connect: { timeout: connectTimeoutMs } });
  return lineOf({ dispatcher: pool, proxy: null, forward: null }, pool);
}

/** A secure origin is reached through a tunnel; of any other the proxy is asked itself. */
function proxiedLine(origin: string, written: string): Line {
  const proxy = createProxy(written, connectTimeoutMs);
  if (origin.startsWith("https:")) {
    const tunnel = createTunnel(proxy, connectTimeoutMs);
    const pool = new Pool(origin, { ...ownTimers, connect: tunnel.connect });
    const line = lineOf({ dispatcher: pool, proxy: proxy.name, forward: null }, pool);
    return {
      ...line,
      destroy: async () => void (await Promise.all([line.destroy(), tunnel.close()])),
    };
  }
  const pool = new Pool(proxy.origin, { ...ownTimers, connect: proxy.connect });
  const headers = { ...proxy.headers, host: new URL(origin).host };
  return lineOf({ dispatcher: pool, proxy: proxy.name, forward: { origin, headers } }, pool);
}

function lineOf(way: Way, pool: Pool): Line {
  return { way, close: () => pool.close(), destroy: () => pool.destroy() };
}
