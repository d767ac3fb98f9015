import { isDay } from "../decide/local-time.ts";

/** What the page's server answers with: a status, and a value to be sent as JSON. */
export type Answer = { readonly status: number; readonly body: unknown };

/** A request that cannot be answered as it is; the message says what to ask instead. */
export class NotAsked extends Error {
  override readonly name = "NotAsked";
}

/** The parameters of a query by name, those left empty left out. Throws NotAsked. */
export function readQuery<Name extends string>(
  query: URLSearchParams,
  known: readonly Name[],
): Readonly<Partial<Record<Name, string>>> {
  const found: Partial<Record<Name, string>> = {};
  for (const [name, value] of query) {
    const right = known.find((one) => one === name);
    if (right === undefined) {
      const may = known.length === 0 ? "there is none" : `there are ${known.join(", ")}`;
      throw new NotAsked(`There is no parameter ${JSON.stringify(name)}: ${may}.`);
    }
    if (value.length > 200) throw new NotAsked(`${name} is longer than 200 characters.`);
    if (value !== "") found[right] = value;
  }
  if (known.some((name) => name === "day")) checkDay((found as { day?: string }).day);
  return found;
}

function checkDay(day: string | undefined): void {
  if (day === undefined) return;
  if (isDay(day)) return;
  throw new NotAsked(`day must be a date such as 2026-11-22, not ${JSON.stringify(day)}.`);
}
