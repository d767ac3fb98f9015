import type { WayCause } from "./diagnosis.ts";

// nodejs.org/api/errors.html, nodejs.org/api/tls.html#x509-certificate-error-codes, undici's own.
const rows: readonly (readonly [code: RegExp, cause: WayCause])[] = [
  [/^ERR_PROXY_AUTHENTICATION$/, "proxy_key"],
  [/^ERR_PROXY_UNREACHABLE$/, "proxy_unreachable"],
  [/^ERR_PROXY_/, "proxy"],
  [/^EAI_(AGAIN|SYSTEM|MEMORY)$|^ETRYAGAIN$/, "dns_temporary"],
  [/^(ENOTFOUND|ENODATA|EAI_[A-Z]+)$/, "dns"],
  [/^ECONNREFUSED$/, "refused"],
  [/^(EHOST|ENET)(UNREACH|DOWN)$|^(EADDRNOTAVAIL|EACCES|EPERM)$/, "unreachable"],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, "connect_timeout"],
  [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/, "tls_date"],
  [/SELF_SIGNED|^UNABLE_TO_(GET_ISSUER|VERIFY)|^CERT_(UNTRUSTED|SIGNATURE)/, "tls_untrusted"],
  [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, "tls_wrong_host"],
  [/^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/, "tls_not_spoken"],
  [/^(CERT_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO$)/, "tls"],
  [/^ERR_(INVALID_|HTTP_INVALID_)|^UND_ERR_INVALID_ARG$/, "unsendable"],
];

/** What a connection that failed with a code says; `secure`: whether it was to be encrypted. */
export function transportCause(
  code: string,
  { secure, connected }: { readonly secure: boolean; readonly connected: boolean },
): WayCause {
  const row = rows.find(([pattern]) => pattern.test(code));
  if (row !== undefined) return row[1];
  // What a server of TLS says to plain text is no HTTP.
  if (code.startsWith("HPE_") && !secure) return "tls_expected";
  return secure && !connected ? "tls" : "closed";
}
