import { element } from "./element.js";
import { eventName, typeName } from "./names.js";
import { moodDrawing, moodName, moodOf } from "./moods.js";
import { say } from "./words.js";

/** @typedef {import("../told-entry.ts").ToldEntry} Entry */
/** @typedef {import("./view.js").Language} Language */

/**
 * The card of an entry on the time line.
 * @param {Entry} entry
 * @param {{ readonly language: Language, readonly withToy: boolean }} about
 * @returns {HTMLElement}
 */
export function cardOf(entry, { language, withToy }) {
  const { id, title, content, tags, time, day, toy } = entry;
  const look = moodOf(tags[0] ?? "").look;
  const heading = element("h3", { class: "card-title", dir: "auto", lang: langOf(title) }, title);
  return element(
    "article",
    { class: `card mood-${look}`, tabindex: "-1", "data-entry": id },
    element("time", { class: "card-time", datetime: `${day}T${time}` }, time),
    element("span", { class: "knot", "aria-hidden": "true" }, moodDrawing(tags[0] ?? "")),
    element(
      "div",
      { class: "card-paper" },
      withToy && element("p", { class: "card-toy", dir: "auto" }, toy),
      heading,
      element("p", { class: "card-words", dir: "auto", lang: langOf(content) }, content),
      element(
        "ul",
        { class: "card-moods", "aria-label": say(language, "moods") },
        ...tags.map((tag) => element("li", {}, moodMark(tag, language))),
      ),
      element("p", { class: "card-foot" }, ...footOf(entry, language)),
    ),
  );
}

/**
 * A mood by its drawing and its name.
 * @param {string} tag
 * @param {Language} language
 * @returns {HTMLElement}
 */
export function moodMark(tag, language) {
  const { look } = moodOf(tag);
  const name = element("bdi", {}, moodName(tag, language));
  return element("span", { class: `mood mood-${look}` }, moodDrawing(tag), name);
}

/**
 * @param {Entry} entry
 * @param {Language} language
 */
function footOf({ type, event, source, provider, model, notes }, language) {
  const parts = [
    element("span", {}, typeName(type, language)),
    element("span", {}, eventName(event, language)),
    element("span", { class: `by by-${source}` }, element("span", {}, writer())),
    source === "repaired" && element("span", {}, say(language, "repaired")),
    ...notes.map((note) => noteOf(note, language)),
  ];
  return parts.filter((one) => one !== false && one !== null);

  function writer() {
    if (provider === null) return say(language, "fallback");
    return say(language, model === null ? "by" : "byModel", { provider, model: model ?? "" });
  }
}

/**
 * @param {string} note
 * @param {Language} language
 */
function noteOf(note, language) {
  switch (note.replace(/:.*$/u, "")) {
    case "title_trimmed":
      return element("span", {}, say(language, "note_title_trimmed"));
    case "content_trimmed":
      return element("span", {}, say(language, "note_content_trimmed"));
    case "tags_by_hint":
      return element("span", {}, say(language, "note_tags_by_hint"));
    case "tags_left_out":
      return element("span", {}, say(language, "note_tags_left_out"));
    case "value_cut":
      return element("span", {}, say(language, "note_value_cut"));
    default:
      // Why there was no provider is said already by who wrote it.
      return null;
  }
}

/**
 * The language that a text is shown and read in, as far as its letters tell.
 * @param {string} text
 */
function langOf(text) {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return "ja";
  return /\p{Script=Han}/u.test(text) ? "zh" : null;
}
