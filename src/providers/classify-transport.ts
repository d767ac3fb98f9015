import type { Failure, FailureKind, TimeoutPhase } from "../failure.ts";
import { isObject } from "./json.ts";
import { sayFailure } from "./wording.ts";

type Row = {
  readonly code: RegExp;
  readonly kind: FailureKind;
  readonly phase?: TimeoutPhase;
  readonly advice?: string;
};

// nodejs.org/api/errors.html, nodejs.org/api/tls.html, undici docs/docs/api/Errors.md
const rows: readonly Row[] = [
  { code: /^(ABORT_ERR|AbortError|UND_ERR_ABORTED)$/, kind: "aborted" },
  { code: /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, kind: "timeout", phase: "connect" },
  { code: /^UND_ERR_HEADERS_TIMEOUT$/, kind: "timeout", phase: "first_content" },
  { code: /^UND_ERR_BODY_TIMEOUT$/, kind: "timeout", phase: "idle" },
  { code: /^TimeoutError$/, kind: "timeout" },
  {
    code: /^(ENOTFOUND|EAI_[A-Z]+)$/,
    kind: "network",
    advice: "the host's name was not found: check api_endpoint and the network",
  },
  {
    code: /^ECONNREFUSED$/,
    kind: "network",
    advice: "nobody listens there: check api_endpoint and that the server runs",
  },
  {
    code: /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|EPROTO|HOSTNAME_)/,
    kind: "network",
    advice: "the secure connection failed: check the certificate, the proxy and the clock",
  },
  {
    code: /^(ERR_INVALID_(URL|CHAR|HTTP_TOKEN)|ERR_HTTP_INVALID_HEADER_VALUE|UND_ERR_INVALID_ARG)$/,
    kind: "bad_request",
    advice: "the request cannot be sent: check api_endpoint, api_key and headers for stray signs",
  },
  { code: /^Z_|^ERR__?BROTLI|^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, kind: "malformed" },
  {
    code: /^(E[A-Z]{3,}|UND_ERR_[A-Z_]+|HPE_[A-Z_]+|ERR_[A-Z0-9_]+)$/,
    kind: "network",
  },
];

const depthMax = 4;

/** What an error thrown by a transport comes to; it is looked for in causes, four deep. */
export function classifyTransport(error: unknown): Failure {
  const proxied = ofProxy(error);
  if (proxied !== null) return proxied;
  const codes = codesOf(error, depthMax);
  for (const row of rows) {
    const code = codes.find((candidate) => row.code.test(candidate));
    if (code === undefined) continue;
    if (row.kind === "aborted") return { kind: "aborted", message: "The request was aborted." };
    return {
      kind: row.kind,
      message: said(row, code),
      code,
      ...(row.phase !== undefined && { phase: row.phase }),
    };
  }
  return { kind: "network", message: sayFailure("network", wordsOf(error)) };
}

// Our own transport's words, which hold nothing but the proxy's name, a status and a system's code.
function ofProxy(error: unknown): Failure | null {
  if (!isObject(error)) return null;
  const { code, proxy, message } = error;
  if (typeof code !== "string" || !code.startsWith("ERR_PROXY_")) return null;
  if (typeof proxy !== "string" || typeof message !== "string") return null;
  const advice = "check HTTPS_PROXY, HTTP_PROXY and NO_PROXY";
  return { kind: "network", message: `${message.replace(/\.$/, "")}; ${advice}.`, code, proxy };
}

function said({ kind, phase, advice }: Row, code: string): string {
  if (kind !== "timeout") return sayFailure(kind, code, advice === undefined ? {} : { advice });
  const what = phase === "connect" ? "No connection was made" : "The provider sent nothing";
  return `${what} in time ("${code}"); check the network, or raise timeout.`;
}

function codesOf(error: unknown, depth: number): readonly string[] {
  if (depth < 0 || typeof error !== "object" || error === null || !isObject(error)) return [];
  const own = [error["code"], error["name"]].filter((code) => typeof code === "string");
  const [first]: readonly unknown[] = Array.isArray(error["errors"]) ? error["errors"] : [];
  return [...own, ...codesOf(error["cause"], depth - 1), ...codesOf(first, depth - 1)];
}

// Only what is known to hold no part of a request is repeated.
function wordsOf(error: unknown): string {
  const message: unknown = isObject(error) ? error["message"] : "";
  return typeof message === "string" && /terminated|closed|hang up|reset/i.test(message)
    ? "the connection was closed"
    : "";
}
