import { moodMark } from "./card.js";
import { drawn, element } from "./element.js";
import { moodOf } from "./moods.js";
import { say } from "./words.js";

/** @typedef {import("./view.js").Language} Language */

/**
 * A diary in figures, and its moods as bars.
 * @param {import("../../store/statistics.ts").Statistics} figures
 * @param {Language} lang
 */
export function figuresOf({ entries, days, byTag, byProvider, bySource }, lang) {
  const most = Math.max(1, ...Object.values(byTag));
  const bars = Object.entries(byTag).map(([tag, count]) =>
    element(
      "li",
      {},
      moodMark(tag, lang),
      bar(count / most, moodOf(tag).look),
      element("span", { class: "bar-count" }, String(count)),
    ),
  );
  const own = bySource["fallback"] ?? 0;
  const writers = [
    ...Object.entries(byProvider),
    ...(own > 0 ? [/** @type {const} */ ([say(lang, "ownWords"), own])] : []),
  ];
  const row = (/** @type {string} */ name, /** @type {string} */ words) => [
    element("dt", {}, name),
    element("dd", {}, element("bdi", {}, words)),
  ];
  return [
    element(
      "dl",
      { class: "figures" },
      ...row(say(lang, "figureEntries"), String(entries)),
      ...row(say(lang, "figureDays"), String(days)),
      ...row(
        say(lang, "figureWriters"),
        writers.map(([name, count]) => `${name} ${count}`).join(lang === "zh" ? "，" : ", ") || "–",
      ),
    ),
    element("ul", { class: "bars", "aria-label": say(lang, "figureMoods") }, ...bars),
  ];
}

/**
 * @param {number} share
 * @param {string} look
 */
function bar(share, look) {
  const full = drawn("rect", { class: "bar-full", width: "100%", height: 8, rx: 4 });
  const part = drawn("rect", { class: "bar-part", width: `${share * 100}%`, height: 8, rx: 4 });
  return drawn("svg", { class: `bar mood-${look}`, height: 8, "aria-hidden": "true" }, full, part);
}
