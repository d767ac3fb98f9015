import { askDecisions, askStatistics } from "./ask.js";
import { moodMark } from "./card.js";
import { sayDay } from "./dates.js";
import { element } from "./element.js";
import { eventName } from "./names.js";
import { say } from "./words.js";

/** @typedef {import("./known.js").Known} Known */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("../shapes.ts").ToldDecision} Decision */

/**
 * What is asked for only now and then: why there was no more on a day, and the diary in figures.
 * @param {HTMLElement} place
 */
export function createMore(place) {
  const why = folded("why");
  const figures = folded("figures");
  place.append(why.whole, figures.whole);
  let drawnAs = "";
  /** @type {{ known: Known, view: View } | null} */
  let now = null;
  why.whole.addEventListener("toggle", () => void fillWhy());
  figures.whole.addEventListener("toggle", () => void fillFigures());

  async function fillWhy() {
    if (now === null || !why.whole.open) return;
    const { known, view } = now;
    await filled(why.inside, view.lang, async () => {
      const found = await askDecisions({ user: view.user, day: known.day });
      return decisionsOf(
        found.filter(({ state }) => state !== "written"),
        view.lang,
      );
    });
  }

  async function fillFigures() {
    if (now === null || !figures.whole.open) return;
    const { view } = now;
    await filled(figures.inside, view.lang, async () => {
      return figuresOf(await askStatistics({ user: view.user }), view.lang);
    });
  }

  /**
   * @param {Known} known
   * @param {View} view
   */
  function show(known, view) {
    now = { known, view };
    const { lang, user } = view;
    const how = JSON.stringify([lang, user, known.day, known.days]);
    if (how === drawnAs) return;
    drawnAs = how;
    why.name.textContent = say(lang, "notWritten");
    figures.name.textContent = say(lang, "figures");
    why.whole.hidden = known.day === "all" || known.day === "";
    void fillWhy();
    void fillFigures();
  }

  return { show };
}

/** @param {string} id */
function folded(id) {
  const name = element("summary");
  const inside = element("div", { class: "folded" });
  return { whole: element("details", { id }, name, inside), name, inside };
}

/**
 * @param {HTMLElement} place
 * @param {View["lang"]} lang
 * @param {() => Promise<readonly HTMLElement[]>} make
 */
async function filled(place, lang, make) {
  if (place.childElementCount === 0) place.textContent = say(lang, "loading");
  try {
    place.replaceChildren(...(await make()));
  } catch (error) {
    place.textContent = say(lang, "failed", { what: error instanceof Error ? error.message : "" });
  }
}

/**
 * @param {readonly Decision[]} decisions
 * @param {View["lang"]} lang
 */
function decisionsOf(decisions, lang) {
  if (decisions.length === 0) return [element("p", {}, say(lang, "notWrittenNone"))];
  const rows = decisions.map((one) =>
    element(
      "li",
      {},
      element("time", {}, one.time),
      element("span", { class: "why-event" }, element("bdi", {}, eventName(one.name, lang))),
      element("span", { class: "why-words" }, element("bdi", {}, wordsOf(one, lang))),
    ),
  );
  return [
    element("p", {}, say(lang, "notWrittenCount", { count: decisions.length })),
    element("ol", { class: "why-list" }, ...rows),
  ];
}

/**
 * @param {Decision} decision
 * @param {View["lang"]} lang
 */
function wordsOf({ words, state, due }, lang) {
  const join = lang === "zh" ? "；" : "; ";
  if (state === "queued") return say(lang, "state_queued");
  if (state === "reserved") return say(lang, "state_reserved");
  if (state !== "later" || due === null) return words[lang];
  const when = { day: sayDay(due.day, lang), time: due.time };
  return `${words[lang]}${join}${say(lang, "state_later", when)}`;
}

/**
 * @param {import("../../store/statistics.ts").Statistics} figures
 * @param {View["lang"]} lang
 */
function figuresOf({ entries, days, byTag, byProvider, bySource }, lang) {
  const most = Math.max(1, ...Object.values(byTag));
  const bars = Object.entries(byTag).map(([tag, count]) =>
    element(
      "li",
      {},
      moodMark(tag, lang),
      element("meter", { min: 0, max: most, value: count, "aria-label": String(count) }),
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
