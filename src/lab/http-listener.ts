import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Clock } from "../ports.ts";
import type { Bench } from "./bench.ts";
import { listenOn } from "./http-port.ts";
import { serve } from "./http-serve.ts";

/** One provider's own port on 127.0.0.1. */
export type Listener = {
  readonly port: number;
  /** Connections that are open, idle ones included. */
  connections(): number;
  /** Connections with a request on them that is not at its end. */
  exchanges(): number;
  /** Takes connections, or refuses them, as the script's next turn asks. */
  follow(): Promise<void>;
  /** Cuts what is open. */
  close(): Promise<void>;
};

type Socket = IncomingMessage["socket"];

/** Starts to listen for one provider of the bench. */
export async function listen(name: string, bench: Bench, clock: Clock): Promise<Listener> {
  const sockets = new Set<Socket>();
  const busy = new Set<Socket>();
  let server: Server | null = null;
  let port: number | null = null;
  let closed = false;
  let forget: (() => void) | null = null;

  async function open(): Promise<void> {
    if (server !== null || closed) return;
    const opened = createServer((request, response) => {
      const { socket } = request;
      busy.add(socket);
      void serve(name, bench, clock, request, response).finally(() => {
        busy.delete(socket);
        void follow();
        if (server !== opened) socket.destroySoon();
      });
    });
    server = opened;
    opened.on("connection", (socket) => {
      sockets.add(socket.unref());
      socket.once("close", () => sockets.delete(socket));
    });
    port = await listenOn(opened, port);
    opened.unref();
  }

  function shut(): void {
    server?.close();
    server = null;
    for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
  }

  async function follow(): Promise<void> {
    forget?.();
    const turn = bench.scriptOf(name).peek();
    if (turn === null || turn === "well" || turn.type !== "refused") return open();
    shut();
    if (turn.forMs === undefined) return;
    forget = clock.setTimer(turn.forMs, () => {
      bench.scriptOf(name).skip();
      void follow();
    });
  }

  await open();
  await follow();
  return {
    port: port ?? 0,
    connections: () => sockets.size,
    exchanges: () => busy.size,
    follow,
    async close() {
      closed = true;
      forget?.();
      busy.clear();
      const gone = [...sockets].map(
        (socket) => new Promise<void>((resolve) => void socket.once("close", () => resolve())),
      );
      shut();
      await Promise.all(gone);
    },
  };
}
