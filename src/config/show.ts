const longest = 60;
/** No more of a text is looked at where so little of it is shown. */
const longestRead = 2_000;

// Runs that look like a key: a known prefix, or letters and digits mixed as nobody names a thing.
const keyLike = [
  /\b(?:sk[-_]|gsk_|xai-|hf_|ghp_|nvapi-|r8_|tgp_)[\w-]{4,}/giu,
  /\bAIza[\w-]{10,}/gu,
  /\beyJ[\w-]{8,}(?:\.[\w-]+)*/gu,
  /\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b/giu,
  // From the start of a run only: from every place in it, a long one would take for ever.
  /(?<![a-z\d])(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{20,}/giu,
];

/** The text with every run that looks like a key masked. */
export function scrub(text: string): string {
  return keyLike.reduce((clean, pattern) => clean.replace(pattern, "***"), text);
}

/** Whether a text has the look of a whole key: a vendor's prefix and a long tail. */
export function looksLikeKey(text: string): boolean {
  return /^(?:sk[-_]|gsk_|xai-|hf_|ghp_|nvapi-|r8_|tgp_|AIza)[\w-]{16,}$/u.test(text.trim());
}

/** Somebody's text as it may stand in a message: masked, on one line, at most 60 characters. */
export function quote(text: string): string {
  const clean = scrub(text.slice(0, longestRead));
  const cut = clean.length > longest ? `${clean.slice(0, longest).replace(loneHigh, "")}…` : clean;
  return JSON.stringify(cut).replace(invisible, escaped);
}

/** A value of the file in words, such as `the text "30"`. */
export function describe(value: unknown): string {
  if (typeof value === "string") return value === "" ? "an empty text" : `the text ${quote(value)}`;
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

const loneHigh = /[\uD800-\uDBFF]$/u;

// What a terminal or a log would act on instead of showing.
const invisible = /[\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
