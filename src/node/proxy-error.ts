/** What a proxy can be at fault for. */
export type ProxyFault =
  | "ERR_PROXY_INVALID"
  | "ERR_PROXY_UNREACHABLE"
  | "ERR_PROXY_AUTHENTICATION"
  | "ERR_PROXY_REFUSED";

/** A proxy that did not do its part; it is named without its user and password. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
  readonly code: ProxyFault;
  readonly proxy: string;

  /** `what` goes on after the proxy's name. */
  constructor(code: ProxyFault, proxy: string, what: string, cause?: unknown) {
    super(`The proxy ${proxy} ${what}.`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.proxy = proxy;
  }
}

/** A proxy that answered with a status of its own in place of a way to `target`. */
export function proxyRefusal(proxy: string, status: number, target: string): ProxyError {
  if (status === 407) {
    const what = "wants a user and a password, or others than it was given (407)";
    return new ProxyError("ERR_PROXY_AUTHENTICATION", proxy, what);
  }
  return new ProxyError("ERR_PROXY_REFUSED", proxy, `made no way to ${target} (${status})`);
}
