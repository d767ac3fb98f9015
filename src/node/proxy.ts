import { buildConnector } from "undici";
import { ProxyError } from "./proxy-error.ts";

/** A proxy that requests can be sent to. */
export type Proxy = {
  /** Without user and password, as it is told. */
  readonly name: string;
  readonly origin: string;
  /** What it is told of who asks. */
  readonly headers: Readonly<Record<string, string>>;
  /** Connects to the proxy itself; every error is a ProxyError. */
  readonly connect: buildConnector.connector;
};

/** A proxy by its URL, `http://` if it has no scheme. Throws ProxyError for one that is none. */
export function createProxy(written: string, connectTimeoutMs: number): Proxy {
  const url = URL.parse(written.includes("://") ? written : `http://${written}`);
  if (url === null || !/^https?:$/u.test(url.protocol) || url.hostname === "") {
    const what = "cannot be used: write it as http://host:port";
    throw new ProxyError("ERR_PROXY_INVALID", shown(url), what);
  }
  const name = shown(url);
  const connect = buildConnector({ timeout: connectTimeoutMs, allowH2: false });
  return {
    name,
    origin: url.origin,
    headers: authorization(url),
    connect(options, callback) {
      connect(options, (...[error, socket]) => {
        if (error === null) callback(null, socket);
        else callback(unreachable(name, error), null);
      });
    },
  };
}

/** The connection to a proxy that could not be made. */
export function unreachable(proxy: string, error: unknown): ProxyError {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  const why = typeof code === "string" ? ` (${code})` : "";
  return new ProxyError("ERR_PROXY_UNREACHABLE", proxy, `cannot be reached${why}`, error);
}

// What is no URL may hold a password anywhere.
function shown(url: URL | null): string {
  return url === null || url.host === "" ? "in the environment" : `${url.protocol}//${url.host}`;
}

function authorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === "" && password === "") return {};
  const words = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString("base64");
  return { "proxy-authorization": `Basic ${words}` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
