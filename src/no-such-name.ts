import { nearest } from "./nearest.ts";

/** Of very many names so many are listed. */
const mostListed = 20;

/** That there is no such thing, which one may have been meant, and which there are. */
export function noSuchName(what: string, name: unknown, known: readonly string[]): string {
  const meant = typeof name === "string" ? nearest(name, known) : null;
  const listed = known.slice(0, mostListed).join(", ") || "none";
  const more = known.length > mostListed ? ` and ${known.length - mostListed} more` : "";
  const begin = `There is no ${what} ${JSON.stringify(name)}`;
  return meant === null
    ? `${begin}; the configuration has ${listed}${more}.`
    : `${begin}; did you mean ${JSON.stringify(meant)}? The configuration has ${listed}${more}.`;
}
