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
const middle = (highest + lowest) / 2 + 10;

/**
 * A day's moods as weather over its hours: the brighter an entry's moods, the higher the hill, and
 * each entry is a small drawing over it that leads to its card.
 * @param {readonly Entry[]} entries of one day, in their order
 * @param {{
 *   readonly width: number, readonly day: string, readonly goesOn: boolean,
 *   readonly language: import("./view.js").Language,
 *   readonly faint: (entry: Entry) => boolean, readonly go: (id: string) => void,
 * }} about `goesOn`: the day is not over, so that nobody knows its end
 * @returns {HTMLElement}
 */
export function skyOf(entries, { width, day, goesOn, language, faint, go }) {
  const xOf = (/** @type {number} */ hour) => (hour / 24) * width;
  const points = entries.map(({ tags, time }) => ({
    x: Math.min(width - 22, Math.max(22, xOf(hourOf(time)))),
    y: lowest - brightness(tags) * (lowest - highest),
  }));
  const radius = width < 480 ? 15 : 18;
  const places = placed(points, radius);
  const stems = places.map(({ x, y }, at) =>
    drawn("line", { class: "stem", x1: x, x2: x, y1: y, y2: points[at]?.y ?? y }),
  );
  const marks = entries.map((entry, at) =>
    markOf(entry, { x: 0, y: 0, ...places[at], radius }, { language, faint, go }),
  );
  const ridge = points.length === 0 ? [{ x: width / 2, y: 140 }] : points;
  const known = goesOn ? (points.at(-1)?.x ?? null) : null;
  const mask = known === null ? null : "url(#still-open)";
  const picture = drawn(
    "svg",
    { class: "sky-picture", viewBox: `0 0 ${width} ${height}`, width, height, role: "group" },
    drawn("defs", {}, daylight(), haze(), ...(known === null ? [] : stillOpen(known, width))),
    drawn("rect", { width, height, fill: "url(#daylight)" }),
    drawn("rect", { width, height: ground, fill: "url(#haze)" }),
    ...stars(width),
    drawn("path", { class: "hill-far", d: hill(distant(ridge, width), width), mask }),
    drawn("path", { class: "hill", d: hill(ridge, width), mask }),
    drawn("path", { class: "ground", d: `M0 ${ground}H${width}V${height}H0Z` }),
    ...[6, 12, 18].map((hour) =>
      drawn(
        "text",
        { class: "hour", x: xOf(hour), y: height - 9, "aria-hidden": "true" },
        `${hour}:00`,
      ),
    ),
    ...stems,
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
 * Where the drawings stand: over the hill, and beside one another where they would overlap.
 * @param {readonly Point[]} points
 * @param {number} radius
 * @returns {readonly Point[]}
 */
function placed(points, radius) {
  /** @type {Point[]} */
  const all = [];
  for (const { x, y } of points) {
    const wished = Math.max(radius + 3, y - radius - 8);
    const steps = Array.from({ length: 60 }, (_, step) => (step % 2 === 0 ? step : -step) * 3);
    const free = steps.find((step) => {
      const at = wished - step;
      if (at < radius + 3 || at > ground - radius) return false;
      return all.every((other) => Math.hypot(other.x - x, other.y - at) > radius * 2 + 3);
    });
    all.push({ x, y: wished - (free ?? 0) });
  }
  return all;
}

/**
 * @param {Entry} entry
 * @param {Point & { readonly radius: number }} mark
 * @param {{
 *   readonly language: import("./view.js").Language,
 *   readonly faint: (entry: Entry) => boolean, readonly go: (id: string) => void,
 * }} about
 */
function markOf(entry, { x, y, radius }, { language, faint, go }) {
  const { id, time, title, tags } = entry;
  const moods = tags.map((tag) => moodName(tag, language)).join(language === "zh" ? "、" : ", ");
  const half = radius * 0.72;
  const link = drawn(
    "a",
    {
      href: "#entries",
      "data-entry": id,
      class: faint(entry) ? "mark mark-faint" : "mark",
      "aria-label": say(language, "skyEntry", { time, title, moods }),
    },
    drawn("title", {}, `${time} ${title}`),
    drawn("circle", { class: "disc", cx: x, cy: y, r: radius }),
    moodDrawing(tags[0] ?? "", { x: x - half, y: y - half, width: half * 2, height: half * 2 }),
  );
  link.addEventListener("click", (event) => {
    event.preventDefault();
    go(id);
  });
  return link;
}

/**
 * Where a farther hill has its tops: between the near one's, so that both are seen.
 * @param {readonly Point[]} points
 * @param {number} width
 * @returns {readonly Point[]}
 */
function distant(points, width) {
  const path = [{ x: 0, y: middle }, ...points, { x: width, y: middle }];
  return path.slice(1).map((to, at) => {
    const from = path[at] ?? to;
    return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - 16 };
  });
}

/**
 * The outline of a hill through these points.
 * @param {readonly Point[]} points
 * @param {number} width
 * @returns {string}
 */
function hill(points, width) {
  const from = { x: 0, y: ((points[0]?.y ?? middle) + middle) / 2 };
  const path = [from, ...points, { x: width, y: ((points.at(-1)?.y ?? middle) + middle) / 2 }];
  const parts = path.slice(1).map(({ x, y }, at) => {
    const last = path[at] ?? from;
    const half = (last.x + x) / 2;
    return `C${half} ${last.y} ${half} ${y} ${x} ${y}`;
  });
  return `M0 ${from.y}${parts.join("")}V${ground}H0Z`;
}

/**
 * What lets a hill fade out behind the latest entry.
 * @param {number} known how far the day is known
 * @param {number} width
 */
function stillOpen(known, width) {
  const fade = { id: "fade", gradientUnits: "userSpaceOnUse", x1: known, x2: known + 90 };
  return [
    drawn(
      "linearGradient",
      fade,
      drawn("stop", { offset: "0%", "stop-color": "#fff" }),
      drawn("stop", { offset: "100%", "stop-color": "#fff", "stop-opacity": 0.22 }),
    ),
    drawn("mask", { id: "still-open" }, drawn("rect", { width, height, fill: "url(#fade)" })),
  ];
}

function haze() {
  return drawn(
    "linearGradient",
    { id: "haze", x2: 0, y2: 1 },
    drawn("stop", { class: "haze-high", offset: "30%" }),
    drawn("stop", { class: "haze-low", offset: "90%" }),
  );
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
