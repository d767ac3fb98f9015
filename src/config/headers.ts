import type { Path } from "./document.ts";
import type { Finding } from "./problem.ts";
import { error } from "./problem.ts";

const made = "it is made from the request itself";

// Why a header is not the file's to set, by its name in lower case.
const reserved: ReadonlyMap<string, string> = new Map([
  ["authorization", "it is made from `api_key`"],
  ["host", "it is made from `api_endpoint`"],
  ["content-length", made],
  ["content-type", made],
  ["content-encoding", made],
  ["accept", made],
  ["accept-encoding", made],
  ["connection", "it belongs to the connection"],
  ["keep-alive", "it belongs to the connection"],
  ["proxy-connection", "it belongs to the connection"],
  ["transfer-encoding", "it belongs to the connection"],
  ["upgrade", "it belongs to the connection"],
  ["expect", "it belongs to the connection"],
  ["te", "it belongs to the connection"],
  ["trailer", "it belongs to the connection"],
]);

/** What is wrong with the names of a provider's own headers. */
export function checkHeaderNames(names: readonly string[], path: Path): readonly Finding[] {
  const seen = new Set<string>();
  return names.flatMap((name) => {
    const lower = name.toLowerCase();
    const at = [...path, name];
    const reason = reserved.get(lower);
    if (!/^[\w!#$%&'*+.^`|~-]+$/u.test(name)) {
      return [error(at, "is not a name a header can have", "use letters, digits and hyphens")];
    }
    if (reason !== undefined) {
      return [error(at, `is not a header to set here: ${reason}`, "take it out")];
    }
    if (seen.has(lower)) {
      return [error(at, "is the same header a second time", "capitals do not matter: keep one")];
    }
    seen.add(lower);
    return [];
  });
}

/** Whether a text can be sent as a header's value: Latin-1 without control characters. */
export function isHeaderValue(value: string): boolean {
  return /^[\t\u0020-\u007E\u00A0-\u00FF]*$/u.test(value);
}
