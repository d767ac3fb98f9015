import type { LabRequest } from "./request.ts";

/** One request that arrived, kept for whoever tests with the lab; no key is in it. */
export type LabRecord = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly provider: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The type of the fault it met, or "well". */
  readonly turn: string;
  /** The status it was answered with; `null`: none, yet or ever. */
  status: number | null;
  /** Whether the client left before the reply was at its end. */
  aborted: boolean;
};

const secret = /^(authorization|proxy-authorization|cookie|api-key|x-api-key)$/;

/** A record of the request, its key masked wherever it may stand. */
export function recordOf(
  at: number,
  provider: { readonly name: string; readonly key: string },
  request: LabRequest,
  turn: string,
): LabRecord {
  const masked = (text: string): string => text.replaceAll(provider.key, "***");
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      secret.test(name) ? value.replace(/^((?:Bearer|Basic) +)?.*$/i, "$1***") : masked(value),
    ]),
  );
  return {
    at,
    provider: provider.name,
    method: request.method,
    path: masked(request.path),
    headers,
    body: masked(request.body),
    turn,
    status: null,
    aborted: false,
  };
}
