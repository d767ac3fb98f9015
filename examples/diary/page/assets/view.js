/** @typedef {"zh" | "en"} Language */
/**
 * What is shown. `day` is a date, "" for the latest, or "all"; the others are "" for any.
 * @typedef {{
 *   readonly user: string, readonly day: string, readonly tag: string, readonly type: string,
 *   readonly words: string, readonly lang: Language,
 * }} View
 */

/**
 * The view that an address asks for.
 * @param {string} search
 * @param {string} usual the language of the browser
 * @returns {View}
 */
export function readView(search, usual) {
  const query = new URLSearchParams(search);
  const said = query.get("lang") ?? usual;
  const day = query.get("day") ?? "";
  return {
    user: query.get("user") ?? "",
    day: day === "all" || isDay(day) ? day : "",
    tag: query.get("tag") ?? "",
    type: query.get("type") ?? "",
    words: (query.get("words") ?? "").slice(0, 200),
    lang: said.toLowerCase().startsWith("zh") ? "zh" : "en",
  };
}

/** @param {string} text */
function isDay(text) {
  const at = Date.parse(`${text}T12:00:00Z`);
  // 30 February would be read as 2 March.
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/**
 * The address of a view, which can be kept and sent to a friend.
 * @param {View} view
 * @returns {string}
 */
export function addressOf(view) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(view)) if (value !== "") query.set(name, value);
  return `?${query}`;
}

/**
 * Whether an entry is among those that are wanted.
 * @param {import("../told-entry.ts").ToldEntry} entry
 * @param {View} view
 * @returns {boolean}
 */
export function fits(entry, { tag, type, words }) {
  if (tag !== "" && !entry.tags.includes(tag)) return false;
  if (type !== "" && entry.type !== type) return false;
  const wanted = words.trim().toLowerCase();
  return wanted === "" || `${entry.title}\n${entry.content}`.toLowerCase().includes(wanted);
}
