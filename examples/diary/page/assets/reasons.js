import { sayDay } from "./dates.js";
import { element } from "./element.js";
import { eventName } from "./names.js";
import { say } from "./words.js";

/** @typedef {import("./view.js").Language} Language */
/** @typedef {import("../shapes.ts").ToldDecision} Decision */

/**
 * Why events were not written, by reason, the most frequent first.
 * @param {readonly Decision[]} decisions
 * @param {Language} lang
 * @param {ReadonlySet<string>} open the groups that are unfolded
 */
export function reasonsOf(decisions, lang, open) {
  if (decisions.length === 0) return [element("p", {}, say(lang, "notWrittenNone"))];
  /** @type {Map<string, Decision[]>} */
  const groups = new Map();
  for (const one of decisions) {
    const name = briefOf(one, lang);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  const sorted = [...groups].toSorted((a, b) => b[1].length - a[1].length);
  return [
    element("p", {}, say(lang, "notWrittenCount", { count: decisions.length })),
    ...sorted.map(([name, group]) =>
      element(
        "details",
        { class: "why-group", id: `why-${name}`, open: open.has(`why-${name}`) },
        element("summary", {}, `${name} × ${group.length}`),
        element("ol", { class: "why-list" }, ...group.map((one) => rowOf(one, lang))),
      ),
    ),
  ];
}

/**
 * @param {Decision} decision
 * @param {Language} lang
 */
function rowOf(decision, lang) {
  return element(
    "li",
    {},
    element("time", {}, decision.time),
    element("bdi", { class: "why-event" }, eventName(decision.name, lang)),
    element("bdi", { class: "why-words" }, wordsOf(decision, lang)),
  );
}

/**
 * @param {Decision} decision
 * @param {Language} lang
 */
function briefOf({ brief, state }, lang) {
  if (state === "queued") return say(lang, "state_queued");
  if (state === "reserved") return say(lang, "state_reserved");
  return brief[lang];
}

/**
 * @param {Decision} decision
 * @param {Language} lang
 */
function wordsOf({ brief, words, state, due }, lang) {
  if (state === "later" && due !== null) {
    return say(lang, "state_later", { day: sayDay(due.day, lang), time: due.time });
  }
  // What every row of the group would say is said once, over them.
  const said = words[lang].slice(brief[lang].length).replace(/^[:：]\s*/u, "");
  return words[lang].startsWith(brief[lang]) ? said : words[lang];
}
