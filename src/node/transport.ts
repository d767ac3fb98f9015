import { Pool } from "undici";
import type { HttpRequest, HttpResponse, Transport } from "../ports.ts";
import { exchange } from "./exchange.ts";

/** Longer than any connect timer of ours by default; ends connections nobody waits for. */
const connectTimeoutMs = 30_000;

type Target = { readonly pool: Pool; readonly path: string };

/** HTTP/1.1 over undici: one pool for each origin, no retries and no timers but for connecting. */
export function createTransport(): Transport {
  const pools = new Map<string, Pool>();
  // By URL; as many as a configuration has endpoints, and forgotten with it.
  const targets = new Map<string, Target>();

  function targetOf(url: string): Target {
    const known = targets.get(url);
    if (known !== undefined) return known;
    const { origin, pathname, search } = new URL(url);
    const target = { pool: poolFor(origin), path: pathname + search };
    targets.set(url, target);
    return target;
  }

  function poolFor(origin: string): Pool {
    const known = pools.get(origin);
    if (known !== undefined) return known;
    const pool = new Pool(origin, {
      allowH2: false,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: connectTimeoutMs },
    });
    pools.set(origin, pool);
    return pool;
  }

  return {
    send(request: HttpRequest, options): Promise<HttpResponse> {
      const { signal } = options;
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      const { pool, path } = targetOf(request.url);
      return exchange(pool, path, request, options);
    },
    retain(origins) {
      targets.clear();
      for (const [origin, pool] of pools) {
        if (origins.has(origin)) continue;
        pools.delete(origin);
        // Waits for the exchanges in flight; how it ends concerns nobody any more.
        pool.close().catch(() => {});
      }
    },
    async close() {
      const ending = [...pools.values()];
      targets.clear();
      pools.clear();
      await Promise.all(ending.map((pool) => pool.destroy()));
    },
  };
}
