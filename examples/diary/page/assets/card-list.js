import { cardOf } from "./card.js";
import { sayDay } from "./dates.js";
import { element } from "./element.js";

/** @typedef {import("../told-entry.ts").ToldEntry} Entry */
/** @typedef {import("./view.js").Language} Language */

/** From so many on, cards out of sight are left undrawn. */
const many = 200;

/**
 * The cards on the time line, kept as they are while others come and go.
 * @param {HTMLElement} place
 */
export function createCardList(place) {
  /** @type {Map<string, HTMLElement>} */
  const cards = new Map();
  let drawnAs = "";

  /**
   * Shows these entries, in their order, and nothing else.
   * @param {readonly Entry[]} entries
   * @param {{
   *   readonly language: Language, readonly withToy: boolean, readonly withDays: boolean,
   *   readonly fresh: ReadonlySet<string>,
   * }} about
   */
  function show(entries, { language, withToy, withDays, fresh }) {
    const how = `${language} ${withToy} ${withDays}`;
    if (how !== drawnAs) cards.clear();
    drawnAs = how;
    const wanted = new Set(entries.map(({ id }) => id));
    for (const id of cards.keys()) if (!wanted.has(id)) cards.delete(id);
    let day = "";
    const shown = entries.flatMap((entry) => {
      const card = cards.get(entry.id) ?? cardOf(entry, { language, withToy });
      cards.set(entry.id, card);
      card.classList.toggle("fresh", fresh.has(entry.id));
      const begins = withDays && entry.day !== day;
      day = entry.day;
      const heading = element("h2", { class: "card-day" }, sayDay(day, language));
      return begins ? [heading, card] : [card];
    });
    place.classList.toggle("cards-many", shown.length > many);
    inPlace(place, shown);
  }

  return {
    show,
    /** @param {string} id */
    card: (id) => cards.get(id),
  };
}

/**
 * Makes these the children of a place; those that are there stay untouched, with their focus.
 * @param {HTMLElement} place
 * @param {readonly HTMLElement[]} wanted
 */
function inPlace(place, wanted) {
  const keep = new Set(wanted);
  for (const child of [...place.children]) {
    if (!(child instanceof HTMLElement) || !keep.has(child)) child.remove();
  }
  let next = place.firstElementChild;
  for (const one of wanted) {
    if (one === next) next = next.nextElementSibling;
    else place.insertBefore(one, next);
  }
}
