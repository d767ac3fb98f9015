import { dayParts, noonOf, sayDay } from "./dates.js";
import { element } from "./element.js";
import { mainMood, moodDrawing, moodName } from "./moods.js";
import { addressOf } from "./view.js";
import { say, sayCount } from "./words.js";

/** @typedef {import("../shapes.ts").Day} Day */
/** @typedef {import("./view.js").View} View */
/**
 * Where a day stands: whether its month or year begins with it, and whether days are left out.
 * @typedef {{
 *   readonly isCurrent: boolean, readonly begins: boolean, readonly isNewYear: boolean,
 *   readonly isAfterGap: boolean,
 * }} Place
 */

const dayMs = 86_400_000;

/**
 * The mood of a day; where none stands out, the two that were there most, small.
 * @param {Day["tags"]} tags
 * @param {string} main
 */
function drawingOf(tags, main) {
  if (main !== "") return moodDrawing(main);
  const most = Object.entries(tags).toSorted((a, b) => b[1] - a[1]);
  const drawings = most.slice(0, 2).map(([tag]) => moodDrawing(tag));
  return element("span", { class: drawings.length === 0 ? "day-none" : "day-mixed" }, ...drawings);
}

/**
 * The days as a strip of a calendar; each is a link, the arrow keys go from one to the next.
 * @param {HTMLElement} place
 * @param {(day: string) => void} go
 */
export function createDayStrip(place, go) {
  let drawnAs = "";
  let shown = "";

  /**
   * @param {readonly Day[]} days
   * @param {string} current a day, or "all"
   * @param {View} view
   */
  function show(days, current, view) {
    const how = JSON.stringify([days, current, view.lang]);
    if (how === drawnAs) return lead(view);
    drawnAs = how;
    const held = place.querySelector("a:focus")?.getAttribute("data-day") ?? null;
    const { lang } = view;
    place.setAttribute("aria-label", say(lang, "days"));
    const links = days.map((day, at) => {
      const before = days[at - 1]?.day ?? "";
      const begins = before.slice(0, 7) !== day.day.slice(0, 7);
      const isNewYear = before !== "" && before.slice(0, 4) !== day.day.slice(0, 4);
      const isAfterGap = before !== "" && noonOf(day.day) - noonOf(before) > dayMs;
      const about = { isCurrent: day.day === current, begins, isNewYear, isAfterGap };
      return linkTo(day, about, lang);
    });
    const all = linkToAll(current === "all", view.lang);
    // Of no days there is nothing to choose.
    all.hidden = days.length === 0;
    const label = { role: "group", "aria-label": say(lang, "days") };
    place.replaceChildren(all, element("div", { class: "days-row", ...label }, ...links));
    lead(view);
    // Where none of them is shown, the keyboard and the eye come to the latest.
    const entrance = links.find(({ tabIndex }) => tabIndex === 0) ?? links.at(-1);
    entrance?.setAttribute("tabindex", "0");
    const row = entrance?.parentElement;
    if (entrance && row) row.scrollTo({ left: entrance.offsetLeft - row.clientWidth / 2 + 30 });
    // The keys go along to the day that was gone to, and else stay where they are.
    const stays = current === shown ? held : current;
    shown = current;
    if (held === null) return;
    [all, ...links].find((one) => one.dataset["day"] === stays)?.focus({ preventScroll: true });
  }

  // Where each link leads, which what is looked for changes with every letter.
  /** @param {View} view */
  function lead(view) {
    for (const link of place.querySelectorAll("a")) {
      link.setAttribute("href", addressOf({ ...view, day: link.dataset["day"] ?? "" }));
    }
  }

  /**
   * @param {Day} day
   * @param {Place} about
   * @param {View["lang"]} lang
   */
  function linkTo({ day, entries, tags }, { isCurrent, begins, isNewYear, isAfterGap }, lang) {
    const { number, weekday, month, year } = dayParts(day, lang);
    const main = mainMood(tags, entries);
    const mostly = main === "" ? "" : `, ${say(lang, "mostly", { mood: moodName(main, lang) })}`;
    const link = element(
      "a",
      {
        class: "day",
        "data-day": day,
        "aria-current": isCurrent ? "date" : null,
        "aria-label": `${sayDay(day, lang)}, ${sayCount(lang, entries)}${mostly}`,
        tabindex: isCurrent ? 0 : -1,
      },
      element("span", { class: "day-weekday" }, weekday),
      element("span", { class: "day-number" }, number),
      drawingOf(tags, main),
      element("span", { class: "day-month" }, begins && (isNewYear ? year : month)),
    );
    if (isAfterGap) link.classList.add("day-after-gap");
    return following(link, day);
  }

  /**
   * @param {boolean} isCurrent
   * @param {View["lang"]} lang
   */
  function linkToAll(isCurrent, lang) {
    const current = isCurrent ? "page" : null;
    const about = { class: "day day-all", "data-day": "all", "aria-current": current };
    const link = element("a", about, say(lang, "allDays"));
    return following(link, "all");
  }

  /**
   * @param {HTMLAnchorElement} link
   * @param {string} day
   */
  function following(link, day) {
    link.addEventListener("click", (event) => {
      // Another tab or window is the browser's to open.
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      go(day);
    });
    return link;
  }

  return { show };
}
