/** Whether a URL's host is this machine or in a private network, where plain `http` may do. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/u, "");
  if (host.startsWith("[")) return isPrivateV6(host.slice(1, -1));
  if (/^[\d.]+$/u.test(host)) return isPrivateV4(host.split(".").map(Number));
  return !host.includes(".") || /\.(?:localhost|local|internal|home\.arpa)$/u.test(host);
}

function isPrivateV4([a = 0, b = 0]: readonly number[]): boolean {
  if (a === 10 || a === 127 || a === 0) return true;
  if (a === 172) return b >= 16 && b <= 31;
  if (a === 100) return b >= 64 && b <= 127;
  return (a === 192 && b === 168) || (a === 169 && b === 254);
}

function isPrivateV6(address: string): boolean {
  const mapped = /^::ffff:([\da-f]{1,4}):[\da-f]{1,4}$/u.exec(address)?.[1];
  if (mapped !== undefined) {
    const high = Number.parseInt(mapped, 16);
    return isPrivateV4([high >> 8, high & 0xff]);
  }
  return address === "::1" || address === "::" || /^(?:f[cd]|fe[89ab])/u.test(address);
}

/** Whether a URL's host is this machine itself, so that nothing sent to it leaves. */
export function isThisMachine(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/u, "");
  if (/^(?:.*\.)?localhost$/u.test(host)) return true;
  return (
    /^127(?:\.\d{1,3}){3}$/u.test(host) ||
    /^\[(?:::1|::ffff:7f[\da-f]{2}:[\da-f]{1,4})\]$/u.test(host)
  );
}
