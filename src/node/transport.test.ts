import type { AddressInfo, Server, Socket } from "node:net";
import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { HttpResponse, Transport } from "../ports.ts";
import { createTransport } from "./transport.ts";

const open: { server: Server; sockets: Set<Socket> }[] = [];
const transports: Transport[] = [];

afterEach(async () => {
  await Promise.all(transports.splice(0).map((made) => made.close()));
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

/** A server of raw bytes: `answer` is called once for each request seen on a connection. */
async function serve(answer: (socket: Socket, request: string) => void) {
  const sockets = new Set<Socket>();
  const seen = { connections: 0, requests: 0 };
  const server = createServer((socket) => {
    seen.connections += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (bytes) => {
      seen.requests += 1;
      answer(socket, bytes.toString());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({ server, sockets });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/path?q=1`, sockets, seen };
}

function transport(): Transport {
  const made = createTransport();
  transports.push(made);
  return made;
}

const post = (url: string) => ({ method: "POST", url, headers: { a: "b" }, body: "{}" }) as const;

function send(on: Transport, url: string, signal = new AbortController().signal) {
  return on.send(post(url), { signal, connected: () => {} });
}

async function text(response: HttpResponse): Promise<string> {
  let all = "";
  for await (const bytes of response.body) all += Buffer.from(bytes).toString();
  return all;
}

/** Lets the event loop turn so often. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const whole = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nX-Request-Id: r1\r\n\r\nhello";
const chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

test("gives status, headers in lower case and bytes, and uses its connection again", async () => {
  const { url, seen } = await serve((socket) => socket.write(whole));
  const on = transport();
  for (let turn = 0; turn < 3; turn += 1) {
    const response = await send(on, url);
    expect(response.status).toBe(200);
    expect(response.headers["x-request-id"]).toBe("r1");
    expect(await text(response)).toBe("hello");
  }
  expect(seen.requests).toBe(3);
  // A request made in the very tick of another's end may open one connection more.
  expect(seen.connections).toBeLessThanOrEqual(2);
});

test("says when it is connected", async () => {
  const { url } = await serve((socket) => socket.write(whole));
  const connected: number[] = [];
  const { signal } = new AbortController();
  await transport().send(post(url), { signal, connected: () => connected.push(1) });
  expect(connected).toEqual([1]);
});

test("what had come before a broken connection is still given", async () => {
  const { url } = await serve((socket) => {
    socket.write(`${chunked}5\r\nhello\r\n`, () => setImmediate(() => socket.resetAndDestroy()));
  });
  const response = await send(transport(), url);
  const parts: string[] = [];
  await expect(async () => {
    for await (const bytes of response.body) parts.push(Buffer.from(bytes).toString());
  }).rejects.toThrow();
  expect(parts).toEqual(["hello"]);
});

test("an abort rejects with its reason at once and closes the connection", async () => {
  const { url, sockets } = await serve((socket) => socket.write(`${chunked}5\r\nhello\r\n`));
  const controller = new AbortController();
  const response = await send(transport(), url, controller.signal);
  const iterator = response.body[Symbol.asyncIterator]();
  await iterator.next();
  const pending = iterator.next();
  const socket = [...sockets][0];
  const closed = new Promise((resolve) => socket?.once("close", resolve));
  controller.abort(new Error("mine"));
  await expect(pending).rejects.toThrow("mine");
  await closed;
});

test("an abort before the head rejects with its reason and closes the connection", async () => {
  const arrived = Promise.withResolvers<Socket>();
  const { url } = await serve((socket) => arrived.resolve(socket));
  const controller = new AbortController();
  const sent = send(transport(), url, controller.signal);
  const socket = await arrived.promise;
  const closed = new Promise((resolve) => socket.once("close", resolve));
  controller.abort(new Error("mine"));
  await expect(sent).rejects.toThrow("mine");
  await closed;
});

test("a signal that was aborted before asks nobody", async () => {
  const { url, seen } = await serve((socket) => socket.write(whole));
  await expect(send(transport(), url, AbortSignal.abort(new Error("mine")))).rejects.toThrow(
    "mine",
  );
  expect(seen.connections).toBe(0);
});

test("leaving a body early frees the connection once the little that is left has come", async () => {
  const { url, seen } = await serve((socket) => {
    socket.write(`${chunked}5\r\nhello\r\n`);
    setImmediate(() => socket.write("5\r\nagain\r\n0\r\n\r\n"));
  });
  const on = transport();
  for (let turn = 0; turn < 2; turn += 1) {
    const response = await send(on, url);
    for await (const bytes of response.body) {
      expect(Buffer.from(bytes).toString()).toBe("hello");
      break;
    }
    await turns(50);
  }
  expect(seen).toEqual({ connections: 1, requests: 2 });
});

test("leaving a body that goes on and on closes the connection", async () => {
  const gone = Promise.withResolvers<void>();
  const { url } = await serve((socket) => {
    socket.write(chunked);
    const lump = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    const more = () => void (socket.writable && socket.write(lump, () => setImmediate(more)));
    socket.once("close", () => gone.resolve());
    more();
  });
  const response = await send(transport(), url);
  for await (const bytes of response.body) if (bytes.length > 0) break;
  await gone.promise;
});

test("a slow reader holds the sender back", async () => {
  let written = 0;
  const { url } = await serve((socket) => {
    socket.write(chunked);
    const lump = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    const more = () => {
      if (!socket.writable) return;
      written += 1;
      if (socket.write(lump)) setImmediate(more);
      else socket.once("drain", more);
    };
    more();
  });
  const response = await send(transport(), url);
  await turns(2_000);
  const before = written;
  await turns(2_000);
  expect(written).toBe(before);
  let read = 0;
  for await (const bytes of response.body) {
    read += bytes.length;
    if (read > before * 0x10000) break;
  }
  expect(written).toBeGreaterThan(before);
});

test("a refused connection rejects with the system's code", async () => {
  const { url } = await serve(() => {});
  open[0]?.server.close();
  await new Promise((resolve) => open[0]?.server.once("close", resolve) ?? resolve(null));
  await expect(send(transport(), url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("retain closes the connections to every other origin after their last exchange", async () => {
  const { url, sockets } = await serve((socket) => {
    socket.write(`${chunked}5\r\nhello\r\n`);
    setImmediate(() => socket.write("0\r\n\r\n"));
  });
  const on = transport();
  const response = await send(on, url);
  const socket = [...sockets][0];
  const closed = new Promise((resolve) => socket?.once("close", resolve));
  on.retain(new Set());
  expect(await text(response)).toBe("hello");
  await closed;
});

test("an origin that is not retained is spoken to on a connection for one exchange", async () => {
  const { url, sockets, seen } = await serve((socket) => {
    const keep = "connection: keep-alive\r\nkeep-alive: timeout=300\r\n";
    socket.write(`HTTP/1.1 200 OK\r\n${keep}content-length: 5\r\n\r\nhello`);
  });
  const on = transport();
  on.retain(new Set());
  for (const connections of [1, 2]) {
    const response = await send(on, url);
    const closed = Promise.all(
      [...sockets].map((socket) => new Promise((resolve) => socket.once("close", resolve))),
    );
    expect(await text(response)).toBe("hello");
    await closed;
    expect(seen).toEqual({ connections, requests: connections });
  }
});

test("close() cuts what is under way at an origin that is gone", async () => {
  const { url } = await serve((socket) => void socket.write(`${chunked}5\r\nhello\r\n`));
  const on = transport();
  const response = await send(on, url);
  on.retain(new Set());
  const later = await send(on, url);
  await on.close();
  await expect(text(response)).rejects.toThrow();
  await expect(text(later)).rejects.toThrow();
});
