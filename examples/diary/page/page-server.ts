import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { Clock } from "standin";
import { DiaryTrouble } from "../trouble.ts";
import { NotAsked } from "./answer.ts";
import { answers } from "./answers.ts";
import { readAssets } from "./assets.ts";
import type { DiarySource } from "./diary-source.ts";
import { createLive } from "./live.ts";

/** The page being served. */
export type PageServer = {
  readonly url: string;
  /** Ends the streams, then the server. */
  close(): Promise<void>;
};

/** Where the page is served, and with what. */
export type PageServing = {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly clock: Clock;
  /** Names this run of the server: a page that sees another one reads everything again. */
  readonly instance: string;
  /** Told of whatever went wrong in the page itself. */
  readonly report: (problem: string) => void;
};

const policy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'"],
  ...["connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  "require-trusted-types-for 'script'",
].join("; ");

const headers = {
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
};

const ownMachine = ["127.0.0.1", "localhost", "::1"];

/** Serves the page. Rejects with DiaryTrouble when the port cannot be had. */
export async function servePage(source: DiarySource, serving: PageServing): Promise<PageServer> {
  const { host, clock, instance } = serving;
  const assets = readAssets(join(import.meta.dirname, "assets"));
  const live = createLive(source, clock, instance);
  const local = ownMachine.includes(host);

  function answer(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      return send(response, 405, { error: "This page is only read: ask with GET." });
    }
    // Another site's name that leads here must not read a private diary.
    if (local && !ownMachine.includes(hostOf(request))) {
      const error = `This page is for this machine alone: open ${urlOf(server)}.`;
      return send(response, 403, { error });
    }
    const asked = URL.parse(request.url ?? "/", "http://page");
    if (asked === null) return send(response, 400, { error: "This is no address of a page." });
    const { pathname, searchParams } = asked;
    if (pathname === "/api/live") return listen(request, response, searchParams);
    const ask = Object.hasOwn(answers, pathname) ? answers[pathname] : undefined;
    if (ask !== undefined) return send(response, 200, ask(source, searchParams));
    const asset = assets.get(pathname);
    if (asset === undefined) {
      return send(response, 404, { error: `There is nothing at ${pathname.slice(0, 200)}.` });
    }
    const { type, bytes } = asset;
    response.writeHead(200, { "content-type": type, "cache-control": "no-cache" }).end(bytes);
  }

  function listen(
    request: IncomingMessage,
    response: ServerResponse,
    query: URLSearchParams,
  ): void {
    const said = request.headers["last-event-id"] ?? query.get("after");
    const after = typeof said === "string" && /^\d{1,15}$/u.test(said) ? Number(said) : null;
    if (request.method === "HEAD") return send(response, 200, {});
    if (live.join(response, after)) return;
    // A browser tells its page nothing of a stream that is refused: so it is told on the stream.
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.end('event: full\ndata: {"error":"Too many pages are open; close one."}\n\n');
  }

  const server = createServer((request, response) => {
    try {
      answer(request, response);
    } catch (error) {
      fail(response, error, serving.report);
    }
  });
  await listening(server, serving);
  return {
    url: urlOf(server),
    async close() {
      live.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listening(server: Server, { host, port }: PageServing): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const taken = "code" in error && error.code === "EADDRINUSE";
      const why = taken ? "is taken: name another with --port" : `cannot be had: ${error.message}`;
      reject(new DiaryTrouble(`Port ${port} of ${host} ${why}.`, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") return "";
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}/`;
}

function hostOf({ headers: { host = "" } }: IncomingMessage): string {
  return host.replace(/:\d+$/u, "").replace(/^\[(.*)\]$/u, "$1");
}

function fail(response: ServerResponse, error: unknown, report: (problem: string) => void): void {
  const defect = !(error instanceof NotAsked || error instanceof DiaryTrouble);
  if (defect) report(error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (response.headersSent) return void response.destroy();
  if (error instanceof NotAsked) return send(response, 400, { error: error.message });
  // The diary's own troubles are in plain words; a defect keeps its inside to the terminal.
  const what = "The page has a defect; the terminal it was started in says more.";
  send(response, defect ? 500 : 503, { error: defect ? what : (error as Error).message });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const type = "application/json; charset=utf-8";
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
