import type { LabRequest } from "./request.ts";

/** The key a request carries in its `authorization` header, or `null`. */
export function bearerOf(request: LabRequest): string | null {
  const found = /^Bearer +(\S+)$/i.exec(request.headers["authorization"] ?? "");
  return found?.[1] ?? null;
}
