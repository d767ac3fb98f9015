import type { ErrorPlace } from "./fault.ts";
import type { LabReply } from "./reply.ts";
import type { Telling } from "./telling.ts";
import type { VendorError } from "./vendor-error.ts";

type Headers = Readonly<Record<string, string>>;

/** Says of every reply that it is none of the vendor's. */
export const simulated = { "x-simulated-by": "standin-lab" } as const;

/** A reply that is not an answer, in one piece. */
export function wholeReply(
  status: number,
  headers: Headers,
  body: string,
  { dialect, marks, provider }: Telling,
): LabReply {
  return {
    type: "reply",
    headAfterMs: provider.latencyMs,
    status,
    headers: { ...dialect.headers(marks), ...headers, ...simulated },
    pieces: body === "" ? [] : [{ afterMs: 0, bytes: new TextEncoder().encode(body) }],
    end: "end",
  };
}

/** A page of a gateway that never reached the vendor. */
export function pageReply(status: number, telling: Telling): LabReply {
  const title = `<title>${status}</title>`;
  const body = `<html><head>${title}</head><body>(simulated) gateway</body></html>\n`;
  return wholeReply(status, { "content-type": "text/html" }, body, telling);
}

/** An error in place of an answer, as the vendor itself would say it. */
export function refusalReply(error: VendorError, telling: Telling): LabReply {
  return stated(error, telling.stream, telling);
}

/** A scripted error; `null` where its place is inside of a stream. */
export function errorReply(error: VendorError, at: ErrorPlace, telling: Telling): LabReply | null {
  const { dialect, stream, marks } = telling;
  if (at === "natural") return refusalReply(error, telling);
  if (at === "status") return stated(error, false, telling);
  if (stream && at !== "in_200") return null;
  const headers = { "content-type": dialect.contentType.whole, ...error.headers };
  const body = error.plain?.body ?? dialect.errorBody(error, marks);
  return wholeReply(200, headers, body, telling);
}

function stated(error: VendorError, stream: boolean, telling: Telling): LabReply {
  const { status, contentType, body } = telling.dialect.errorReply(error, stream, telling.marks);
  return wholeReply(status, { "content-type": contentType, ...error.headers }, body, telling);
}
