import { part } from "./element.js";
import { sayDay } from "./dates.js";
import { moodName } from "./moods.js";
import { say } from "./words.js";

/**
 * Tells of entries as they arrive: in words, and with a way to those that cannot be seen.
 * @param {{ readonly card: (id: string) => void, readonly day: (day: string) => void }} go
 */
export function createArrival(go) {
  const button = part("arrived");
  /** @type {(() => void) | null} */
  let goToNew = null;
  // Whoever sees the new entry needs no way to it.
  const seeing = new IntersectionObserver((seen) => {
    if (seen.some(({ isIntersecting }) => isIntersecting)) hide();
  });
  button.addEventListener("click", () => {
    goToNew?.();
    hide();
  });

  function hide() {
    button.hidden = true;
    seeing.disconnect();
  }

  /**
   * @param {import("../told-entry.ts").ToldEntry} entry
   * @param {import("./view.js").Language} lang
   * @param {HTMLElement | null} card `null`: it stands on another day, or was not asked for
   * @param {string} day the one that is shown
   */
  function tell({ id, title, tags, day: itsDay }, lang, card, day) {
    const join = lang === "zh" ? "、" : ", ";
    const moods = tags.map((tag) => moodName(tag, lang)).join(join);
    part("told").textContent = say(lang, "newEntry", { title, moods });
    if (card === null && (itsDay === day || day === "all")) return;
    const above = card !== null && card.getBoundingClientRect().bottom < 0;
    const isSeen = card !== null && card.getBoundingClientRect().top < window.innerHeight - 60;
    if (isSeen && !above) return;
    goToNew = () => (card === null ? go.day(itsDay) : go.card(id));
    const way = above ? say(lang, "newAbove") : say(lang, "newBelow");
    button.textContent = card === null ? say(lang, "newDay", { day: sayDay(itsDay, lang) }) : way;
    hide();
    button.hidden = false;
    if (card !== null) seeing.observe(card);
  }

  return { tell, hide };
}
