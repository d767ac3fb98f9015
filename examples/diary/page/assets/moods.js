import { drawn } from "./element.js";

/**
 * How a mood is shown: `look` chooses its colour and its drawing, `height` is how bright it is
 * from 0 to 1.
 * @typedef {{ readonly look: string, readonly height: number, readonly en: string }} Mood
 */

/** @type {ReadonlyMap<string, Mood>} */
const moods = new Map([
  ["兴奋激动", { look: "excited", height: 1, en: "Excited" }],
  ["开心快乐", { look: "happy", height: 0.85, en: "Happy" }],
  ["好奇", { look: "curious", height: 0.68, en: "Curious" }],
  ["惊讶震惊", { look: "surprised", height: 0.6, en: "Surprised" }],
  ["平静", { look: "calm", height: 0.5, en: "Calm" }],
  ["羞愧", { look: "ashamed", height: 0.34, en: "Ashamed" }],
  ["担忧", { look: "worried", height: 0.28, en: "Worried" }],
  ["焦虑忧愁", { look: "anxious", height: 0.2, en: "Anxious" }],
  ["生气愤怒", { look: "angry", height: 0.12, en: "Angry" }],
  ["悲伤难过", { look: "sad", height: 0.05, en: "Sad" }],
]);

/** @type {Mood} */
const unknown = { look: "other", height: 0.5, en: "" };

const cloud = "M10 23h12.5a5 5 0 0 0 .7-9.95A7.4 7.4 0 0 0 9 11.6 5.75 5.75 0 0 0 10 23z";
const highCloud = "M10 19h12.5a5 5 0 0 0 .7-9.95A7.4 7.4 0 0 0 9 7.6 5.75 5.75 0 0 0 10 19z";

/**
 * What each mood is drawn of: `fill` are bodies, `line` are strokes.
 * @type {Readonly<Record<string, { readonly fill?: string, readonly line: string }>>}
 */
const drawings = {
  happy: {
    fill: "M22.5 16a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0z",
    line: "M16 3v3M16 26v3M3 16h3M26 16h3M6.8 6.8l2.1 2.1M23.1 23.1l2.1 2.1M25.2 6.8l-2.1 2.1M8.9 23.1l-2.1 2.1",
  },
  excited: {
    fill: "M15 6c1.2 6 3 7.8 9 9-6 1.2-7.8 3-9 9-1.2-6-3-7.8-9-9 6-1.2 7.8-3 9-9z",
    line: "M25 4v5M22.5 6.5h5M26 23v4M24 25h4M5.5 5.5v3M4 7h3",
  },
  calm: {
    fill: "M10 15a6 6 0 0 1 12 0z",
    line: "M3 19c2.2-1.6 4.3-1.6 6.5 0s4.3 1.6 6.5 0 4.3-1.6 6.5 0 4.3 1.6 6.5 0M6 24.5c1.7-1.2 3.3-1.2 5 0s3.3 1.2 5 0 3.3-1.2 5 0 3.3 1.2 5 0",
  },
  curious: { line: "M4 23a12 12 0 0 1 24 0M8.5 23a7.5 7.5 0 0 1 15 0M13 23a3 3 0 0 1 6 0" },
  surprised: {
    fill: "M26 11a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0z",
    line: "M17.5 14.5 5 26M15.5 9.5 5.5 17M23.5 17.5 15 27",
  },
  worried: { fill: cloud, line: "" },
  anxious: {
    line: "M4 12.5h14.5a3.5 3.5 0 1 0-3.3-4.7M4 17.5h20a3.7 3.7 0 1 1-3.5 5M4 22.5h9.5a2.7 2.7 0 1 1-2.5 3.7",
  },
  ashamed: {
    fill: "M9.5 14a6.5 6.5 0 0 1 13 0z",
    line: "M5 18h22M8 22h16M11.5 26h9M16 3v1.5M6.5 7.5 7.6 8.6M25.5 7.5 24.4 8.6",
  },
  sad: { fill: highCloud, line: "M11 22.5l-1.5 4M16.5 22.5l-1.5 4M22 22.5l-1.5 4" },
  angry: { fill: highCloud, line: "M17.5 15.5l-4 6h5l-3.5 6.5" },
  other: {
    fill: "M20 16a4 4 0 1 1-8 0 4 4 0 0 1 8 0z",
    line: "M16 6a10 10 0 1 1 0 20 10 10 0 0 1 0-20",
  },
};

/**
 * How a mood is shown; one that the page does not know has a look all the same.
 * @param {string} tag
 * @returns {Mood}
 */
export function moodOf(tag) {
  return moods.get(tag) ?? unknown;
}

/**
 * The name of a mood in a language.
 * @param {string} tag
 * @param {import("./view.js").Language} language
 * @returns {string}
 */
export function moodName(tag, language) {
  return language === "en" ? moodOf(tag).en || tag : tag;
}

/**
 * The small drawing of a mood, 32 units wide, which says nothing to whoever cannot see it.
 * @param {string} tag
 * @param {import("./element.js").Attributes} [attributes]
 * @returns {SVGSVGElement}
 */
export function moodDrawing(tag, attributes = {}) {
  const { look } = moodOf(tag);
  const { fill, line } = drawings[look] ?? { line: "" };
  return drawn(
    "svg",
    { viewBox: "0 0 32 32", "aria-hidden": "true", class: `glyph mood-${look}`, ...attributes },
    fill !== undefined && drawn("path", { d: fill, class: "glyph-fill" }),
    drawn("path", { d: line, class: "glyph-line" }),
  );
}

/**
 * How bright the moods of an entry are together, from 0 to 1.
 * @param {readonly string[]} tags
 * @returns {number}
 */
export function brightness(tags) {
  if (tags.length === 0) return unknown.height;
  return tags.reduce((sum, tag) => sum + moodOf(tag).height, 0) / tags.length;
}

/**
 * The mood that stands out: in more than half of the entries; "" if there is none.
 * @param {Readonly<Record<string, number>>} tags how often each mood is there
 * @param {number} entries
 * @returns {string}
 */
export function mainMood(tags, entries) {
  const [first, second] = Object.entries(tags).toSorted((a, b) => b[1] - a[1]);
  if (first === undefined || first[1] * 2 <= entries || first[1] === second?.[1]) return "";
  return first[0];
}
