import type { Server } from "node:http";

// Below the ports a system gives out by itself: a port that refuses must not be given to another.
const first = 20_000;
const count = 12_000;
let taken = (process.pid * 131) % count;

/** Listens on 127.0.0.1, on this port or on one never used by this process; gives the port. */
export async function listenOn(server: Server, port: number | null): Promise<number> {
  for (let tries = 0; tries < count; tries += 1) {
    const wanted = port ?? nextPort();
    const failure = await tryOn(server, wanted);
    if (failure === null) return wanted;
    if (port !== null || (failure as NodeJS.ErrnoException).code !== "EADDRINUSE") throw failure;
  }
  throw new Error(`No port from ${first} to ${first + count - 1} is free.`);
}

function nextPort(): number {
  taken = (taken + 1) % count;
  return first + taken;
}

function tryOn(server: Server, port: number): Promise<Error | null> {
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve(error);
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", failed);
      resolve(null);
    });
  });
}
