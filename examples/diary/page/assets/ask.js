/** After so many milliseconds it is said that no answer came. */
const patienceMs = 15_000;

/** The diary's server was reached, and did not do as it was asked. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} said
   */
  constructor(status, said) {
    super(said);
    this.status = status;
  }
}

/**
 * Asks the diary's server. Rejects with Refused; with another error where it is not reached.
 * @param {string} path
 * @param {Readonly<Record<string, string>>} [query] what is "" is left out
 * @returns {Promise<unknown>}
 */
async function ask(path, query = {}) {
  const said = Object.entries(query).filter(([, value]) => value !== "");
  const signal = AbortSignal.timeout(patienceMs);
  const response = await fetch(`${path}?${new URLSearchParams(said)}`, { signal });
  const body = await response.json();
  if (!response.ok) throw new Refused(response.status, body.error ?? `HTTP ${response.status}`);
  return body;
}

/** @returns {Promise<import("../shapes.ts").About>} */
export async function askAbout() {
  return /** @type {import("../shapes.ts").About} */ (await ask("/api/about"));
}

/**
 * The entries that are wanted, the latest of them.
 * @param {{ user: string, day: string, tag: string, type: string }} query
 */
export async function askEntries(query) {
  return /** @type {import("../shapes.ts").Entries} */ (await ask("/api/entries", query));
}

/**
 * The days on which something was written.
 * @param {{ user: string }} query
 */
export async function askDays(query) {
  const body = /** @type {{ days: import("../shapes.ts").Day[] }} */ (
    await ask("/api/days", query)
  );
  return body.days;
}

/**
 * What became of the events of a day.
 * @param {{ user: string, day: string }} query
 */
export async function askDecisions(query) {
  const body = await ask("/api/decisions", query);
  return /** @type {{ decisions: import("../shapes.ts").ToldDecision[] }} */ (body).decisions;
}

/**
 * A diary in figures.
 * @param {{ user: string }} query
 */
export async function askStatistics(query) {
  const body = await ask("/api/stats", query);
  return /** @type {import("../../store/statistics.ts").Statistics} */ (body);
}
