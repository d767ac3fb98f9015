import type { Clock, HttpResponse, Transport } from "../ports.ts";

/** What could be seen of one exchange from outside. */
export type Sighting = {
  /** By the clock, as `firstByteAt` is; `null`: never. */
  readonly connectedAt: number | null;
  /** The proxy in between; `null`: none that is known of. */
  readonly proxy: string | null;
  readonly firstByteAt: number | null;
  /** `null`: no head of a reply came. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The reply's text as far as it was read and kept: may hold anything, also secrets. */
  readonly body: string;
};

/** A transport that looks on while an exchange goes through it. */
export type Witness = { readonly transport: Transport; seen(): Sighting };

/** How much of a reply is kept to be looked at. */
const keptBytes = 64 * 1024;

type Seen = { -readonly [Name in keyof Omit<Sighting, "body">]: Sighting[Name] };

/** A witness of one exchange over a transport. */
export function createWitness(transport: Transport, clock: Clock): Witness {
  const seen: Seen = {
    connectedAt: null,
    proxy: null,
    firstByteAt: null,
    status: null,
    headers: {},
  };
  const kept: Uint8Array[] = [];
  let size = 0;

  async function* watched(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const bytes of body) {
      if (size < keptBytes) kept.push(bytes.slice(0, keptBytes - size));
      size += bytes.length;
      yield bytes;
    }
  }

  async function send(...[request, options]: Parameters<Transport["send"]>): Promise<HttpResponse> {
    const connected = (proxy?: string): void => {
      seen.connectedAt = clock.now();
      seen.proxy = proxy ?? null;
      options.connected(proxy);
    };
    const response = await transport.send(request, { ...options, connected });
    const { status, headers, body } = response;
    Object.assign(seen, { status, headers, firstByteAt: clock.now() });
    return { status, headers, body: watched(body) };
  }

  return {
    transport: {
      send,
      retain: (origins) => transport.retain(origins),
      close: () => transport.close(),
    },
    seen: () => ({ ...seen, body: new TextDecoder().decode(Buffer.concat(kept)) }),
  };
}
