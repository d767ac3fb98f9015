import { askDecisions, askStatistics } from "./ask.js";
import { element } from "./element.js";
import { figuresOf } from "./figures.js";
import { reasonsOf } from "./reasons.js";
import { sayFailure } from "./say-failure.js";
import { say } from "./words.js";

/** @typedef {import("./known.js").Known} Known */
/** @typedef {import("./view.js").View} View */

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
  // What was not written is told by nobody: while it is looked at, it is asked for anew.
  window.setInterval(() => document.hidden || void fillWhy(), 10_000);

  async function fillWhy() {
    if (now === null || !why.whole.open) return;
    const { known, view } = now;
    await filled(why.inside, view.lang, async () => {
      const found = await askDecisions({ user: view.user, day: known.day });
      const open = new Set([...why.inside.querySelectorAll("[open]")].map(({ id }) => id));
      const left = found.filter(({ state }) => state !== "written");
      return reasonsOf(left, view.lang, open);
    });
  }

  async function fillFigures() {
    if (now === null || !figures.whole.open) return;
    const { known, view } = now;
    await filled(figures.inside, view.lang, async () => {
      const days = known.days.filter(({ entries }) => entries > 0).length;
      return figuresOf({ ...(await askStatistics({ user: view.user })), days }, view.lang);
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
    const made = await make();
    const held = place.contains(document.activeElement) ? document.activeElement : null;
    place.replaceChildren(...made);
    const id = held?.parentElement?.id ?? "";
    made
      .find((one) => id !== "" && one.id === id)
      ?.querySelector("summary")
      ?.focus();
  } catch (error) {
    place.textContent = sayFailure(error, lang);
  }
}
