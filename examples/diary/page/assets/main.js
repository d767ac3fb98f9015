import { createArrival } from "./arrival.js";
import { askFor, isOfSeveral, withEntry } from "./known.js";
import { createChooser } from "./chooser.js";
import { createCardList } from "./card-list.js";
import { createDayStrip } from "./day-strip.js";
import { part } from "./element.js";
import { createFrame } from "./frame.js";
import { keepInPlace } from "./keep-in-place.js";
import { goToPlace, keepPlace, keptPlace, placeNow } from "./kept-place.js";
import { listenToKeys } from "./keys.js";
import { listen } from "./live.js";
import { createMore } from "./more.js";
import { sayDay } from "./dates.js";
import { addressOf, fits, readView } from "./view.js";
import { say, sayCount } from "./words.js";

/** @typedef {import("../told-entry.ts").ToldEntry} Entry */

let view = readView(location.search, navigator.language);
/** @type {import("./known.js").Known | null} */
let known = null;
/** @type {Entry[]} */
let meanwhile = [];
/** @type {Set<string>} */
const fresh = new Set();
let turn = 0;
let loading = false;
let listening = false;
let stepping = false;

const frame = createFrame({
  language: () => choose({ lang: view.lang === "zh" ? "en" : "zh" }),
  again: () => void load(),
  go: (id) => goToCard(id),
});
const arrival = createArrival({ card: (id) => goToCard(id), day: (day) => choose({ day }) });
const strip = createDayStrip(part("days"), (day) => choose({ day }));
const chooser = createChooser(part("choose"), choose);
const list = createCardList(part("cards"));
const more = createMore(part("more"));

listenToKeys({
  search: () => chooser.search.focus(),
  day: (step) => goToDay(step),
  everything: () => choose({ words: "", tag: "", type: "" }),
});
window.addEventListener("popstate", ({ state }) => {
  stepping = false;
  // The language is the reader's, and not the address's.
  view = { ...readView(location.search, navigator.language), lang: view.lang };
  history.replaceState(state, "", addressOf(view));
  const { search } = location;
  // Somebody may have gone on meanwhile.
  void load().then(() => location.search === search && goBackTo(state?.place ?? null));
});
keepPlace();
window.addEventListener("resize", () => show());
void load().then(() => goBackTo(keptPlace()));

/**
 * @param {Partial<import("./view.js").View>} change
 * @param {boolean} [byStep] one of several steps, which make one entry of the history together
 */
function choose(change, byStep = false) {
  const before = view;
  view = { ...view, ...change };
  const moved = before.day !== view.day || before.user !== view.user;
  const isNew = moved && !(byStep && stepping);
  stepping = byStep;
  if (isNew) history.replaceState({ place: placeNow() }, "");
  history[isNew ? "pushState" : "replaceState"](null, "", addressOf(view));
  arrival.hide();
  show();
  const narrowed = before.tag !== view.tag || before.type !== view.type;
  if (moved) void load().then(begin);
  if (!moved && narrowed && known?.day === "all") void load();
}

// Another day is read from its beginning.
function begin() {
  if (part("sky").getBoundingClientRect().top < 0) window.scrollTo(0, 0);
  if (known === null || known.day === "") return;
  const { day, entries } = known;
  const where = day === "all" ? say(view.lang, "allDays") : sayDay(day, view.lang);
  part("told").textContent = `${where}: ${sayCount(view.lang, entries.length)}`;
}

async function load() {
  turn += 1;
  const mine = turn;
  meanwhile = [];
  loading = true;
  const slow = window.setTimeout(() => frame.busy(true), 300);
  try {
    const found = await askFor(view);
    if (mine !== turn) return;
    known = meanwhile.reduce((all, entry) => withEntry(all, entry, view), found);
    fresh.clear();
    frame.failed(null);
    show();
    if (!listening) listen(found.last, telling);
    listening = true;
  } catch (error) {
    if (mine !== turn) return;
    frame.failed({ error });
    frame.words(view, known);
    // Once the diary is listened to, its coming back is heard.
    if (!listening) window.setTimeout(() => void load(), 3_000);
  } finally {
    clearTimeout(slow);
    if (mine === turn) {
      loading = false;
      frame.busy(false);
    }
  }
}

/** @type {Parameters<typeof listen>[1]} */
const telling = {
  entry(entry) {
    if (loading) meanwhile.push(entry);
    if (known === null) return;
    const next = withEntry(known, entry, view);
    if (next === known) return;
    const newest = known.days.at(-1)?.day ?? "";
    known = next;
    const shown = next.entries.includes(entry) && fits(entry, view);
    if (shown) fresh.add(entry.id);
    const begins = view.day === "" && entry.day > newest;
    if (begins && (newest === "" || window.scrollY < 150)) return void turnOverTo(entry);
    keepInPlace(part("cards"), show);
    arrival.tell(entry, view.lang, shown ? (list.card(entry.id) ?? null) : null, next.day);
  },
  state(state) {
    frame.live(state, view);
    if (state === "live" && frame.hasFailed()) void load();
  },
  time: (time) => frame.time(time, view),
  another: () => void load(),
};

/** @param {Entry} entry */
async function turnOverTo(entry) {
  await load();
  arrival.tell(entry, view.lang, list.card(entry.id) ?? null, known?.day ?? "");
}

function show() {
  frame.words(view, known);
  if (known === null) return;
  const { about, days, day, entries } = known;
  const chosen = entries.filter((entry) => fits(entry, view));
  const total = day === "all" ? days.reduce((sum, one) => sum + one.entries, 0) : entries.length;
  strip.show(days, day, view);
  frame.sky(known, view);
  chooser.show(view, about, tagCounts(), { shown: chosen.length, all: total });
  const withToy = isOfSeveral(known);
  list.show(chosen, { language: view.lang, withToy, withDays: day === "all", fresh });
  frame.empty(known, chosen.length, view);
  more.show(known, view);
}

function tagCounts() {
  /** @type {Record<string, number>} */
  const counts = {};
  const all = known?.day === "all" ? (known?.days ?? []) : [];
  for (const { tags } of all) {
    for (const [tag, times] of Object.entries(tags)) counts[tag] = (counts[tag] ?? 0) + times;
  }
  if (known === null || known.day === "all") return counts;
  for (const tag of known.entries.flatMap(({ tags }) => tags)) counts[tag] = (counts[tag] ?? 0) + 1;
  return counts;
}

/** @param {number} step */
function goToDay(step) {
  if (known === null || known.days.length === 0) return;
  const days = known.days.map(({ day }) => day);
  // The wanted day, which may still be under way.
  const day = view.day === "" ? known.day : view.day;
  const at = day === "all" ? days.length : days.indexOf(day);
  const next = days[Math.min(days.length - 1, Math.max(0, at + step))];
  if (next !== undefined && next !== day) choose({ day: next }, true);
}

/** @param {import("./kept-place.js").Place | null} place */
function goBackTo(place) {
  if (place !== null) goToPlace(place, list.card(place.entry));
}

/** @param {string} id */
function goToCard(id) {
  const card = list.card(id);
  if (card === undefined) return;
  card.scrollIntoView({ block: "center" });
  card.focus({ preventScroll: true });
}
