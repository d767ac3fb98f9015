import type { RequestListener } from "node:http";
import { createServer, request as ask } from "node:http";
import { createServer as createSecure } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import type { Certificate } from "./certificates.ts";

/** What a proxy does with whoever asks. */
export type ProxyManner = {
  /** `user:password`; left out, everybody may. */
  readonly credentials?: string;
  /** Refuses every way with this status. */
  readonly status?: number;
  /** `mute`: never answers CONNECT. `rude`: hangs up on it. */
  readonly on?: "mute" | "rude";
  /** Is itself reached by TLS. */
  readonly certificate?: Certificate;
};

/** A proxy on loopback, and what it saw. */
export type TestProxy = {
  readonly port: number;
  /** `CONNECT host:port`, or the method and the whole URL. */
  readonly seen: readonly string[];
  /** Open now, those to the origins included. */
  readonly sockets: ReadonlySet<Duplex>;
  close(): Promise<void>;
};

/** Starts a small real proxy: CONNECT for secure origins, whole URLs for plain ones. */
export async function startProxy(manner: ProxyManner = {}): Promise<TestProxy> {
  const seen: string[] = [];
  const sockets = new Set<Duplex>();
  const keep = (socket: Duplex): void => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  };
  const fetchFor: RequestListener = (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const status = refusal(manner, request.headers["proxy-authorization"]);
    if (status !== null) {
      response.writeHead(status, { "content-type": "text/html" }).end("<html>proxy</html>");
      return;
    }
    const { method = "", headers } = request;
    const { "proxy-authorization": _, ...passed } = headers;
    const onward = ask(request.url ?? "", { method, headers: passed }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    onward.on("error", () => response.writeHead(502).end());
    request.pipe(onward);
  };
  const { certificate } = manner;
  const server =
    certificate === undefined ? createServer(fetchFor) : createSecure({ ...certificate }, fetchFor);
  server.on("connection", keep);
  server.on("connect", (request, socket: Duplex) => {
    seen.push(`CONNECT ${request.url}`);
    if (manner.on === "rude") socket.destroy();
    // Whoever leaves is only noticed by who reads.
    if (manner.on === "mute") socket.resume().on("end", () => socket.end());
    if (manner.on !== undefined) return;
    const status = refusal(manner, request.headers["proxy-authorization"]);
    if (status !== null) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const onward: Socket = connect(Number(port || 80), hostname, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    });
    keep(onward);
    onward.on("close", () => socket.destroy());
    socket.on("close", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    sockets,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refusal({ credentials, status }: ProxyManner, given: string | undefined): number | null {
  if (credentials !== undefined) {
    const wanted = `Basic ${Buffer.from(credentials).toString("base64")}`;
    if (given !== wanted) return 407;
  }
  return status ?? null;
}
