import { askAbout, askDays, askEntries } from "./ask.js";

/** @typedef {import("../told-entry.ts").ToldEntry} Entry */
/** @typedef {import("../shapes.ts").Day} Day */
/** @typedef {import("./view.js").View} View */

/**
 * What the page knows of the diary for a view: `day` is the one that is shown, or "all".
 * @typedef {{
 *   readonly user: string,
 *   readonly about: import("../shapes.ts").About, readonly days: readonly Day[],
 *   readonly day: string, readonly entries: readonly Entry[],
 *   readonly last: number, readonly more: boolean,
 * }} Known
 */

/**
 * Asks for everything that a view shows.
 * @param {View} view
 * @returns {Promise<Known>}
 */
export async function askFor({ user, day: asked, ...wanted }) {
  const [about, days] = await Promise.all([askAbout(), askDays({ user })]);
  // What there is not is asked for by nobody; the page shows that nothing is like it.
  const tag = about.tags.includes(wanted.tag) ? wanted.tag : "";
  const type = about.types.includes(wanted.type) ? wanted.type : "";
  const day = asked === "" ? (days.at(-1)?.day ?? "") : asked;
  const all = day === "all";
  const query = { user, day: all ? "" : day, tag: all ? tag : "", type: all ? type : "" };
  const { entries, last, more } = await askEntries(query);
  return { user, about, days: withDay(days, day), day, entries: inTurn(entries), last, more };
}

/**
 * The same with an entry that was written meanwhile; one that is known already changes nothing.
 * @param {Known} known
 * @param {Entry} entry
 * @param {View} view
 * @returns {Known}
 */
export function withEntry(known, entry, view) {
  const here = known.day === "all" || known.day === entry.day;
  const mine = view.user === "" || view.user === entry.user;
  if (!mine || known.entries.some(({ id }) => id === entry.id)) return known;
  const days = withDay(known.days, entry.day).map((one) =>
    one.day === entry.day ? { ...one, entries: one.entries + 1, tags: counted(one, entry) } : one,
  );
  const about = { ...known.about, users: withPerson(known.about.users, entry) };
  if (!here) return { ...known, about, days };
  return { ...known, about, days, entries: inTurn([...known.entries, entry]) };
}

/**
 * Whether entries of several people stand side by side.
 * @param {Known} known
 */
export function isOfSeveral({ user, about }) {
  return user === "" && about.users.filter(({ hasEntries }) => hasEntries).length > 1;
}

/**
 * The entries of one person in the order in which they were lived; those of several by the clock
 * on the wall of each, since they may live in several time zones.
 * @param {readonly Entry[]} entries
 * @returns {readonly Entry[]}
 */
function inTurn(entries) {
  const wall = (/** @type {Entry} */ { day, time }) => `${day} ${time}`;
  const isOfOne = entries.every(({ user }) => user === entries[0]?.user);
  return entries.toSorted((a, b) => {
    if (isOfOne || wall(a) === wall(b)) return a.at - b.at;
    return wall(a) < wall(b) ? -1 : 1;
  });
}

/**
 * @param {readonly import("../shapes.ts").Person[]} users
 * @param {Entry} entry
 */
function withPerson(users, { user, toy }) {
  const isKnown = users.some(({ id }) => id === user);
  const person = { id: user, nickname: "", toy, known: false, hasEntries: true };
  if (!isKnown) return [...users, person];
  return users.map((one) => (one.id === user ? { ...one, hasEntries: true } : one));
}

/**
 * @param {readonly Day[]} days
 * @param {string} day
 * @returns {readonly Day[]}
 */
function withDay(days, day) {
  if (day === "" || day === "all" || days.some((one) => one.day === day)) return days;
  const sorted = [...days, { day, entries: 0, tags: {} }];
  return sorted.toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/**
 * @param {Day} day
 * @param {Entry} entry
 */
function counted({ tags }, entry) {
  const counts = { ...tags };
  for (const tag of entry.tags) counts[tag] = (counts[tag] ?? 0) + 1;
  return counts;
}
