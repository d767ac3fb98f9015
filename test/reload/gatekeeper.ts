import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, request as ask } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** One request that came to the door: its key, and the number in its prompt. */
export type Visit = { readonly key: string; readonly number: number; readonly let: boolean };

/**
 * A vendor's door: it knows several keys at a time, which the lab behind it does not, and it can
 * hold answers back, of streams all but the beginning.
 */
export async function startGatekeeper(lab: { readonly origin: string; readonly key: string }) {
  const keys = new Set<string>();
  const visits: Visit[] = [];
  const inside = new Map<string, number>();
  const sockets = new Set<Socket>();
  let opened = Promise.resolve();
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing));

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const key = String(incoming.headers.authorization).replace("Bearer ", "");
    const isKnown = keys.has(key);
    let body = "";
    for await (const part of incoming) body += String(part);
    const number = Number(/number (\d+)/u.exec(body)?.[1]);
    visits.push({ key, number, let: isKnown });
    if (!isKnown) return refuse(outgoing);
    inside.set(key, (inside.get(key) ?? 0) + 1);
    outgoing.once("close", () => inside.set(key, (inside.get(key) ?? 0) - 1));
    const headers = { ...incoming.headers, authorization: `Bearer ${lab.key}` };
    const onward = ask(`${lab.origin}${incoming.url}`, { method: "POST", headers }, (answer) => {
      void passOn(answer, outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    onward.end(body);
  }

  async function passOn(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const isStream = String(answer.headers["content-type"]).includes("event-stream");
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    if (!isStream) await opened;
    let passed = "";
    for await (const part of answer) {
      outgoing.write(part);
      passed += String(part);
      if (/"content":"[^"]/u.test(passed)) await opened;
    }
    outgoing.end();
  }

  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    keys,
    visits,
    /** Requests with this key that are not at their end. */
    inside: (key: string) => inside.get(key) ?? 0,
    connections: () => sockets.size,
    /** From now on answers are held back, until the returned function is called. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      opened = promise;
      return resolve;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refuse(outgoing: ServerResponse): void {
  const error = { message: "Authentication Fails", type: "authentication_error" };
  outgoing.writeHead(401, { "content-type": "application/json" });
  outgoing.end(JSON.stringify({ error }));
}
