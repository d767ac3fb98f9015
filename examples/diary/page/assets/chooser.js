import { element } from "./element.js";
import { moodMark } from "./card.js";
import { typeName } from "./names.js";
import { say } from "./words.js";

/** @typedef {import("./view.js").View} View */

/**
 * What is chosen from: words, moods, what an entry is about, and whose it is.
 * @param {HTMLElement} place
 * @param {(change: Partial<View>) => void} choose
 */
export function createChooser(place, choose) {
  let drawnAs = "";
  const search = element("input", { type: "search", id: "search", autocomplete: "off" });
  search.maxLength = 200;
  // What is still being composed, as Chinese is, is not yet what is looked for.
  const look = () => choose({ words: search.value });
  search.addEventListener("input", (event) => {
    if (!(event instanceof InputEvent && event.isComposing)) look();
  });
  search.addEventListener("compositionend", look);
  const moods = element("div", { class: "moods", role: "group" });
  const type = select("type", (value) => choose({ type: value }));
  const user = select("user", (value) => choose({ user: value, day: "" }));
  const count = element("p", { class: "count", id: "count" });
  const clear = element("button", { type: "button", class: "clear", id: "clear" });
  clear.addEventListener("click", () => {
    choose({ words: "", tag: "", type: "" });
    search.focus();
  });
  place.append(
    element("div", { class: "choose-row" }, labelled(search), labelled(type), labelled(user)),
    moods,
    element("div", { class: "choose-row choose-end" }, count, clear),
  );

  /**
   * @param {View} view
   * @param {import("../shapes.ts").About} about
   * @param {Readonly<Record<string, number>>} counts how often each mood is there
   * @param {{ readonly shown: number, readonly all: number }} figures
   */
  function show(view, about, counts, { shown, all }) {
    const { lang } = view;
    const chosen = view.words !== "" || view.tag !== "" || view.type !== "";
    if (document.activeElement !== search) search.value = view.words;
    count.textContent = chosen ? say(lang, "shown", { count: shown, all }) : "";
    clear.hidden = !chosen;
    const how = JSON.stringify([view, about, counts]);
    if (how === drawnAs) return;
    drawnAs = how;
    const focused = document.activeElement?.getAttribute("data-tag") ?? null;
    place.setAttribute("aria-label", say(lang, "filters"));
    moods.setAttribute("aria-label", say(lang, "moods"));
    moods.replaceChildren(...about.tags.map((tag) => chip(tag, view, counts[tag] ?? 0)));
    if (focused !== null) buttonOf(focused)?.focus({ preventScroll: true });
    clear.textContent = say(lang, "clear");
    name(search, say(lang, "search"));
    search.placeholder = say(lang, "searchHint");
    options(type, say(lang, "anyType"), view.type, typesOf(about, lang));
    name(type, say(lang, "type"));
    options(user, say(lang, "anyPerson"), view.user, peopleOf(about, view.user));
    name(user, say(lang, "person"));
    // Whoever is alone is not asked for; "anybody" is one of the options, and a way out.
    if (user.parentElement !== null)
      user.parentElement.hidden = user.options.length < 3 && view.user === "";
  }

  const buttonOf = (/** @type {string} */ tag) =>
    [...moods.querySelectorAll("button")].find((one) => one.getAttribute("data-tag") === tag);

  /**
   * @param {string} tag
   * @param {View} view
   * @param {number} times
   */
  function chip(tag, { tag: chosen, lang }, times) {
    const pressed = tag === chosen;
    const mark = moodMark(tag, lang);
    const button = element(
      "button",
      { type: "button", class: "chip", "aria-pressed": String(pressed), "data-tag": tag },
      mark,
      times > 0 && element("span", { class: "chip-count" }, String(times)),
    );
    if (times === 0) button.classList.add("chip-none");
    button.addEventListener("click", () => choose({ tag: pressed ? "" : tag }));
    return button;
  }

  return { show, search };
}

/**
 * @param {import("../shapes.ts").About} about
 * @param {View["lang"]} lang
 */
function typesOf({ types }, lang) {
  return types.map((one) => /** @type {const} */ ([one, typeName(one, lang)]));
}

/**
 * @param {import("../shapes.ts").About} about
 * @param {string} chosen
 */
function peopleOf({ users }, chosen) {
  const shown = users.filter(({ id, hasEntries }) => hasEntries || id === chosen);
  return shown.map(({ id, nickname, toy, known }) => {
    return /** @type {const} */ ([id, known ? `${toy} · ${nickname}` : id]);
  });
}

/**
 * @param {string} id
 * @param {(value: string) => void} choose
 */
function select(id, choose) {
  const made = element("select", { id });
  made.addEventListener("change", () => choose(made.value));
  return made;
}

/** @param {HTMLElement} field */
function labelled(field) {
  const words = element("span", { class: "unseen" });
  return element("label", { class: `field field-${field.id}`, for: field.id }, words, field);
}

/**
 * @param {HTMLElement} field
 * @param {string} words
 */
function name(field, words) {
  const place = field.parentElement?.firstElementChild;
  if (place) place.textContent = words;
}

/**
 * @param {HTMLSelectElement} field
 * @param {string} any
 * @param {string} chosen
 * @param {readonly (readonly [string, string])[]} list
 */
function options(field, any, chosen, list) {
  const all = [/** @type {const} */ (["", any]), ...list];
  field.replaceChildren(...all.map(([value, words]) => element("option", { value }, words)));
  field.value = chosen;
}
