import { Agent } from "undici";
import type { HttpRequest, HttpResponse, Transport } from "../ports.ts";
import { exchange } from "./exchange.ts";

/** Longer than any connect timer of ours by default; ends connections nobody waits for. */
const connectTimeoutMs = 30_000;

/** HTTP/1.1 over undici: one pool for each origin, no retries and no timers but for connecting. */
export function createTransport(): Transport {
  const agents = new Map<string, Agent>();

  function agentFor(origin: string): Agent {
    const known = agents.get(origin);
    if (known !== undefined) return known;
    const agent = new Agent({
      allowH2: false,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: connectTimeoutMs },
    });
    agents.set(origin, agent);
    return agent;
  }

  return {
    send(request: HttpRequest, options): Promise<HttpResponse> {
      const { signal } = options;
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      const url = new URL(request.url);
      return exchange(agentFor(url.origin), url, request, options);
    },
    retain(origins) {
      for (const [origin, agent] of agents) {
        if (origins.has(origin)) continue;
        agents.delete(origin);
        // Waits for the exchanges in flight; how it ends concerns nobody any more.
        agent.close().catch(() => {});
      }
    },
    async close() {
      const ending = [...agents.values()];
      agents.clear();
      await Promise.all(ending.map((agent) => agent.destroy()));
    },
  };
}
