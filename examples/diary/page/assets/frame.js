import { blankPage } from "./blank-page.js";
import { element, part } from "./element.js";
import { isOfSeveral } from "./known.js";
import { sayDay, today } from "./dates.js";
import { mainMood, moodName } from "./moods.js";
import { sayFailure } from "./say-failure.js";
import { skyOf } from "./sky.js";
import { fits } from "./view.js";
import { say, sayCount } from "./words.js";

/** @typedef {import("./known.js").Known} Known */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("../told-entry.ts").ToldEntry} Entry */

/**
 * Everything around the entries: names, the sky, what is live, what failed, and kind words.
 * @param {{
 *   readonly language: () => void, readonly again: () => void,
 *   readonly go: (id: string) => void,
 * }} act
 */
export function createFrame(act) {
  /** @type {import("./live.js").LiveState} */
  let state = "connecting";
  let now = "";
  /** @type {import("./live.js").LiveState} */
  let heard = "connecting";
  /** @type {{ readonly error: unknown } | null} */
  let failure = null;
  part("language").addEventListener("click", (event) => {
    event.preventDefault();
    act.language();
  });
  /**
   * @param {View} view
   * @param {Known | null} known
   */
  function words(view, known) {
    const { lang } = view;
    document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
    const name = titleOf(view, known);
    part("title").textContent = name;
    document.title = name;
    const link = part("language");
    link.textContent = say(lang, "language");
    link.setAttribute("aria-label", say(lang, "languageLabel"));
    link.setAttribute("lang", lang === "zh" ? "en" : "zh-Hans");
    part("skip").textContent = say(lang, "skip");
    part("keys").textContent = say(lang, "keys");
    live(state, view);
    if (known?.about.simulated === true) simulated(view);
    failed(view);
  }

  /** @param {View} view */
  function failed({ lang }) {
    const place = part("failed");
    if (failure === null) return place.replaceChildren();
    const sentence = sayFailure(failure.error, lang);
    // Said again it would be read out again.
    if (place.firstElementChild?.textContent === sentence) return;
    const button = element("button", { type: "button", class: "clear" }, say(lang, "again"));
    button.addEventListener("click", act.again);
    place.replaceChildren(element("p", {}, sentence), button);
  }

  /** @param {View} view */
  function simulated({ lang }) {
    const banner = part("simulated");
    banner.hidden = false;
    banner.replaceChildren(
      element("strong", {}, say(lang, "simulated")),
      element("span", {}, say(lang, "simulatedMore")),
      element(
        "span",
        { class: "simulated-time" },
        now && say(lang, "simulatedTime", { time: now }),
      ),
    );
  }

  /**
   * @param {import("./live.js").LiveState} next
   * @param {View} view
   */
  function live(next, { lang }) {
    state = next;
    // While it is tried again, what is wrong still is.
    if (state !== "connecting") heard = state;
    const mark = part("live");
    mark.className = `live live-${state}`;
    const isHeard = state === "trouble" || state === "replaced";
    mark.textContent = say(lang, state === "live" ? "live" : isHeard ? "notLive" : "connecting");
    const wrong = heard === "live" || heard === "connecting" ? "" : say(lang, heard);
    // Said again it would be read out again.
    if (part("gone").textContent !== wrong) part("gone").textContent = wrong;
  }

  return {
    words,
    live,
    /**
     * @param {string} time
     * @param {View} view
     */
    time(time, view) {
      now = time;
      simulated(view);
    },
    /** @param {boolean} isBusy */
    busy(isBusy) {
      document.documentElement.classList.toggle("busy", isBusy);
      part("cards").setAttribute("aria-busy", String(isBusy));
    },
    hasFailed: () => failure !== null,
    /** @param {{ readonly error: unknown } | null} next */
    failed(next) {
      failure = next;
    },
    /**
     * @param {Known} known
     * @param {View} view
     */
    sky({ day, days, entries, about: { simulated: isInvented } }, view) {
      const place = part("sky");
      if (day === "all" || day === "") return place.replaceChildren();
      const { lang } = view;
      const width = Math.max(280, place.clientWidth);
      const faint = (/** @type {Entry} */ entry) => !fits(entry, view);
      const isLatest = day === days.at(-1)?.day;
      const goesOn = isLatest && (isInvented || day === today());
      const about = { width, day, goesOn, language: lang, faint, go: act.go };
      const held = place.contains(document.activeElement) ? document.activeElement : null;
      place.replaceChildren(
        element("h2", { class: "sky-day" }, sayDay(day, lang)),
        element("p", { class: "sky-words" }, summary(entries, lang)),
        skyOf(entries, about),
      );
      const id = held?.getAttribute("data-entry") ?? null;
      const marks = [...place.querySelectorAll("a")];
      if (id !== null) marks.find((mark) => mark.getAttribute("data-entry") === id)?.focus();
    },
    /**
     * @param {Known} known
     * @param {number} shown
     * @param {View} view
     */
    empty({ about, days, entries, more }, shown, { lang, user }) {
      const place = part("empty");
      const note = more ? [element("p", {}, say(lang, "more", { count: entries.length }))] : [];
      if (shown > 0) return place.replaceChildren(...note);
      const nothing = days.every((day) => day.entries === 0);
      const isNobody = user !== "" && about.users.every(({ id }) => id !== user);
      if (isNobody) {
        place.replaceChildren(
          element("p", { class: "empty-words" }, say(lang, "nobody", { user })),
          element("p", {}, say(lang, "nobodyMore")),
        );
        return;
      }
      const kind = nothing ? "emptyDiary" : entries.length === 0 ? "emptyDay" : "emptyFilter";
      place.replaceChildren(
        ...(nothing ? [blankPage()] : []),
        element("p", { class: "empty-words" }, say(lang, kind)),
        element("p", {}, say(lang, `${kind}More`)),
        ...note,
      );
    },
  };
}

/**
 * Whose diary is shown: of the entries that stand there, not of those that are still asked for.
 * @param {View} view
 * @param {Known | null} known
 */
function titleOf({ lang }, known) {
  if (known === null) return say(lang, "diary");
  if (isOfSeveral(known)) return say(lang, "everybody");
  const { user, about } = known;
  const person = about.users.find(({ id, hasEntries }) => (user === "" ? hasEntries : id === user));
  return person === undefined ? say(lang, "diary") : say(lang, "diaryOf", { toy: person.toy });
}

/**
 * @param {readonly Entry[]} entries
 * @param {View["lang"]} lang
 */
function summary(entries, lang) {
  if (entries.length === 0) return "";
  /** @type {Record<string, number>} */
  const counts = {};
  for (const tag of entries.flatMap(({ tags }) => tags)) counts[tag] = (counts[tag] ?? 0) + 1;
  const main = mainMood(counts, entries.length);
  const name = moodName(main, lang);
  const mood = lang === "en" ? name.toLowerCase() : name;
  const words = main === "" ? say(lang, "mixed") : say(lang, "mostly", { mood });
  return `${sayCount(lang, entries.length)}${lang === "zh" ? "，" : ", "}${words}`;
}
