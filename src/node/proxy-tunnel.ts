import type { Duplex } from "node:stream";
import type { Socket } from "node:net";
import { buildConnector, Client } from "undici";
import type { Proxy } from "./proxy.ts";
import { unreachable } from "./proxy.ts";
import { ProxyError, proxyRefusal } from "./proxy-error.ts";

/** Connects to secure origins through a proxy, which sees nothing of what is said. */
export type Tunnel = {
  readonly connect: buildConnector.connector;
  /** Cuts the tunnels that are being made. */
  close(): Promise<void>;
};

/** A tunnel through a proxy: CONNECT, then TLS with the origin itself. */
export function createTunnel(proxy: Proxy, connectTimeoutMs: number): Tunnel {
  const secure = buildConnector({ timeout: connectTimeoutMs, allowH2: false });
  const asking = new Set<Client>();

  async function open({ hostname, host, port }: buildConnector.Options): Promise<Duplex> {
    const target = port === "" ? `${host ?? hostname}:443` : (host ?? `${hostname}:${port}`);
    // One for each, so that what fails for one fails for no other.
    const client = new Client(proxy.origin, {
      connect: proxy.connect,
      allowH2: false,
      headersTimeout: connectTimeoutMs,
    });
    asking.add(client);
    try {
      const headers = { ...proxy.headers, host: target };
      const { socket, statusCode } = await client.connect({ path: target, headers });
      if (statusCode >= 200 && statusCode <= 299) return socket;
      socket.on("error", () => {}).destroy();
      throw proxyRefusal(proxy.name, statusCode, target);
    } catch (error) {
      throw error instanceof ProxyError ? error : unreachable(proxy.name, error);
    } finally {
      asking.delete(client);
      client.destroy().catch(() => {});
    }
  }

  async function connect(
    options: buildConnector.Options,
    callback: buildConnector.Callback,
  ): Promise<void> {
    let socket: Duplex;
    try {
      socket = await open(options);
    } catch (error) {
      callback(error as ProxyError, null);
      return;
    }
    secure({ ...options, httpSocket: socket as Socket }, callback);
  }

  return {
    connect: (options, callback) => void connect(options, callback),
    async close() {
      await Promise.all([...asking].map((client) => client.destroy()));
    },
  };
}
