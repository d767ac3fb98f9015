/** @typedef {import("./view.js").Language} Language */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {Language} language
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(language, options) {
  const key = JSON.stringify([language, options]);
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  // To make one takes longer than to say a hundred days with it.
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  formats.set(key, made);
  return made;
}

/** The day by the browser's own clock. */
export const today = () => new Date().toLocaleDateString("sv-SE");

/** @param {string} day */
export const noonOf = (day) => Date.parse(`${day}T12:00:00Z`);

/**
 * A day as one says it, such as 2026年11月22日 星期日.
 * @param {string} day
 * @param {Language} language
 * @returns {string}
 */
export function sayDay(day, language) {
  const at = noonOf(day);
  if (Number.isNaN(at)) return day;
  const weekday = format(language, { weekday: "long" }).format(at);
  const date = format(language, { day: "numeric", month: "long", year: "numeric" }).format(at);
  return language === "zh" ? `${date} ${weekday}` : `${weekday}, ${date}`;
}

/**
 * The parts of a day in a calendar: its number, its short weekday, its month and year.
 * @param {string} day
 * @param {Language} language
 * @returns {{
 *   readonly number: string, readonly weekday: string, readonly month: string,
 *   readonly year: string,
 * }}
 */
export function dayParts(day, language) {
  const at = noonOf(day);
  if (Number.isNaN(at)) return { number: day, weekday: "", month: "", year: "" };
  const weekday = format(language, { weekday: "short" }).format(at);
  const month = format(language, { month: language === "zh" ? "long" : "short" }).format(at);
  const year = format(language, { year: "numeric" }).format(at);
  return { number: String(Number(day.slice(8))), weekday, month, year };
}
