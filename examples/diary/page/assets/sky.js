import { drawn, element } from "./element.js";
import { sayDay } from "./dates.js";
import { brightness, moodDrawing, moodName } from "./moods.js";
import { say } from "./words.js";

/** @typedef {import("../told-entry.ts").ToldEntry} Entry */
/** @typedef {{ readonly x: number, readonly y: number }} Point */

const height = 212;
const ground = 184;
const highest = 74;
const lowest = 158;
const room = 40;

/**
 * A day's moods as weather over its hours: the brighter an entry's moods, the higher the hill, and
 * each entry is a small drawing over it that leads to its card.
 * @param {readonly Entry[]} entries of one day, in their order
 * @param {{
 *   readonly width: number, readonly day: string,
 *   readonly language: import("./view.js").Language,
 *   readonly faint: (entry: Entry) => boolean, readonly go: (id: string) => void,
 * }} about
 * @returns {HTMLElement}
 */
export function skyOf(entries, { width, day, language, faint, go }) {
  const xOf = (/** @type {number} */ hour) => (hour / 24) * width;
  const points = entries.map(({ tags, time }) => ({
    x: Math.min(width - 22, Math.max(22, xOf(hourOf(time)))),
    y: lowest - brightness(tags) * (lowest - highest),
  }));
  const marks = raised(points).map((mark, at) => {
    const entry = entries[at];
    return entry === undefined ? null : markOf(entry, mark, { language, faint, go });
  });
  const ridge = points.length === 0 ? [{ x: width / 2, y: 140 }] : points;
  const picture = drawn(
    "svg",
    { class: "sky-picture", viewBox: `0 0 ${width} ${height}`, width, height, role: "group" },
    drawn("defs", {}, daylight()),
    drawn("rect", { width, height, fill: "url(#daylight)" }),
    ...stars(width),
    drawn("path", { class: "hill-far", d: hill(ridge, width, 26, 0.55) }),
    drawn("path", { class: "hill", d: hill(ridge, width, 0, 1) }),
    drawn("path", { class: "ground", d: `M0 ${ground}H${width}V${height}H0Z` }),
    ...[6, 12, 18].map((hour) =>
      drawn(
        "text",
        { class: "hour", x: xOf(hour), y: height - 9, "aria-hidden": "true" },
        `${hour}:00`,
      ),
    ),
    ...marks,
  );
  const name = say(language, "skyOf", { day: sayDay(day, language) });
  picture.setAttribute("aria-label", name);
  return element("div", { class: "sky-frame" }, picture);
}

/** @param {string} time */
function hourOf(time) {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours + minutes / 60;
}

/**
 * Where the drawings stand: over the hill, and over one another where they would overlap.
 * @param {readonly Point[]} points
 * @returns {readonly (Point & { readonly foot: number })[]}
 */
function raised(points) {
  /** @type {(Point & { foot: number })[]} */
  const placed = [];
  for (const { x, y } of points) {
    let top = y - 26;
    const taken = (/** @type {number} */ at) =>
      placed.some((other) => Math.abs(other.x - x) < room && Math.abs(other.y - at) < room);
    while (taken(top) && top > room) top -= 6;
    placed.push({ x, y: Math.max(20, top), foot: y });
  }
  return placed;
}

/**
 * @param {Entry} entry
 * @param {Point & { readonly foot: number }} mark
 * @param {{
 *   readonly language: import("./view.js").Language,
 *   readonly faint: (entry: Entry) => boolean, readonly go: (id: string) => void,
 * }} about
 */
function markOf(entry, { x, y, foot }, { language, faint, go }) {
  const { id, time, title, tags } = entry;
  const moods = tags.map((tag) => moodName(tag, language)).join(language === "zh" ? "、" : ", ");
  const link = drawn(
    "a",
    {
      href: "#entries",
      class: faint(entry) ? "mark mark-faint" : "mark",
      "aria-label": say(language, "skyEntry", { time, title, moods }),
    },
    drawn("title", {}, `${time} ${title}`),
    drawn("line", { class: "stem", x1: x, x2: x, y1: y + 17, y2: Math.max(y + 17, foot) }),
    drawn("circle", { class: "disc", cx: x, cy: y, r: 18 }),
    moodDrawing(tags[0] ?? "", { x: x - 13, y: y - 13, width: 26, height: 26 }),
  );
  link.addEventListener("click", (event) => {
    event.preventDefault();
    go(id);
  });
  return link;
}

/**
 * The outline of a hill through these points, `sunk` lower and its heights `share` of theirs.
 * @param {readonly Point[]} points
 * @param {number} width
 * @param {number} sunk
 * @param {number} share
 * @returns {string}
 */
function hill(points, width, sunk, share) {
  const middle = (highest + lowest) / 2 + 10;
  const bent = points.map(({ x, y }) => ({ x, y: middle + (y - middle) * share - sunk * share }));
  const [first] = bent;
  const last = bent.at(-1);
  if (first === undefined || last === undefined) return "";
  const path = [
    { x: 0, y: (first.y + middle) / 2 },
    ...bent,
    { x: width, y: (last.y + middle) / 2 },
  ];
  const parts = path.slice(1).map((to, at) => {
    const from = path[at] ?? to;
    const half = (from.x + to.x) / 2;
    return `C${half} ${from.y} ${half} ${to.y} ${to.x} ${to.y}`;
  });
  return `M0 ${path[0]?.y ?? middle}${parts.join("")}V${ground}H0Z`;
}

function daylight() {
  const stops = [
    ...[
      ["night", 0],
      ["night", 19],
      ["dawn", 28],
      ["morning", 38],
      ["noon", 52],
    ],
    ...[
      ["noon", 64],
      ["dusk", 77],
      ["evening", 86],
      ["night", 97],
    ],
  ];
  return drawn(
    "linearGradient",
    { id: "daylight" },
    ...stops.map(([name, at]) => drawn("stop", { class: `light-${name}`, offset: `${at}%` })),
  );
}

/** @param {number} width */
function stars(width) {
  return Array.from({ length: 16 }, (_, number) => {
    const share = ((number * 37) % 100) / 100;
    const x = number % 2 === 0 ? share * 0.2 : 0.88 + share * 0.12;
    const y = 14 + ((number * 53) % 90);
    return drawn("circle", { class: "star", cx: x * width, cy: y, r: number % 3 === 0 ? 1.6 : 1 });
  });
}
